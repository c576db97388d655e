"""The colours of windows by name, light and dark, as the look gives them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """Every colour of the product as "#RRGGBB"; widgets never name a colour themselves.

    Attributes:
        on_accent: text on the accent colour.
        green, yellow, red, blue, grey: in time, soon due, overdue, paused, ended.
    """

    name: str
    window: str
    panel: str
    raised: str
    border: str
    text: str
    secondary: str
    accent: str
    on_accent: str
    selection: str
    bar: str
    bar_field: str
    bar_text: str
    bar_secondary: str
    green: str
    yellow: str
    red: str
    blue: str
    grey: str


LIGHT = Tokens(
    name="light",
    window="#F3F5F8",
    panel="#FFFFFF",
    raised="#F8FAFC",
    border="#DCE2E9",
    text="#16212C",
    secondary="#566575",
    accent="#1260C4",
    on_accent="#FFFFFF",
    selection="#E4EEFB",
    bar="#14263A",
    bar_field="#20344A",
    bar_text="#E8EFF6",
    bar_secondary="#A9BACB",
    green="#0F7541",
    yellow="#935700",
    red="#C62F2F",
    blue="#2A69B0",
    grey="#7C8896",
)

DARK = Tokens(
    name="dark",
    window="#0D141C",
    panel="#141E29",
    raised="#1A2633",
    border="#263443",
    text="#E4ECF3",
    secondary="#93A4B5",
    accent="#5AA4FF",
    on_accent="#0A1118",
    selection="#1B3552",
    bar="#0A1118",
    bar_field="#16212D",
    bar_text="#DCE6EF",
    bar_secondary="#93A4B5",
    green="#3FCB83",
    yellow="#F2B544",
    red="#FF6F66",
    blue="#62A8F0",
    grey="#7E8D9C",
)

THEMES = {theme.name: theme for theme in (LIGHT, DARK)}
