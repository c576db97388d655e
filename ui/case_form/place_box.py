"""Where a report is: picked on the map, typed as coordinates, or taken from a component."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from resources.language import tr
from ui.case_form.fact_grid import FactGrid
from ui.case_form.report_model import ReportDraft, parse_coordinates, place_facts
from ui.notices import sentence
from ui.operations.places import locate, locate_component
from ui.session import DeskSession
from workflow.errors import WanmiError
from workflow.queries import ComponentCard, LocatedPlace


class PlaceBox(QWidget):
    """Fills place, address and component of a draft.

    Signals:
        changed: the draft has another place, address or component.
        place_wanted(bool): the next click on the map is, or is no longer, the place.
        component_found(ComponentCard): a component was taken; its class may be taken too.
    """

    changed = Signal()
    place_wanted = Signal(bool)
    component_found = Signal(object)

    def __init__(
        self, session: DeskSession, draft: ReportDraft, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._draft = session, draft
        self._near: ComponentCard | None = None
        self._pick = QPushButton(tr("Pick on the map"), self)
        self._pick.setObjectName("place-pick")
        self._pick.setCheckable(True)
        self._pick.toggled.connect(self.place_wanted)
        self._typed = QLineEdit(self)
        self._typed.setObjectName("place-coordinates")
        self._typed.setPlaceholderText(tr("or longitude, latitude and Enter"))
        self._typed.returnPressed.connect(self._on_typed)
        self._typed.textEdited.connect(self._on_place_words)
        self._address = QLineEdit(self)
        self._address.setObjectName("place-address")
        self._address.setPlaceholderText(tr("Place in words"))
        self._address.textEdited.connect(self._on_address)
        self._use = QPushButton(self)
        self._use.setObjectName("use-component")
        self._use.clicked.connect(self._on_use)
        self._why = QLabel(self)
        self._why.setObjectName("place-refusal")
        self._why.setProperty("lamp", "red")
        self._why.setWordWrap(True)
        self._facts = FactGrid(self)
        first = QHBoxLayout()
        first.setSpacing(8)
        first.addWidget(self._pick)
        first.addWidget(self._typed, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(first)
        for widget in (self._why, self._address, self._facts, self._use):
            column.addWidget(widget)
        self.show_draft(draft)

    def show_draft(self, draft: ReportDraft) -> None:
        """Work on this draft from now on."""
        self._draft, self._near = draft, None
        self._say("")
        self._typed.setText(draft.place_words)
        self._refresh()

    def set_place(self, lon: float, lat: float) -> None:
        """Take this point (CGCS2000 degrees) as the place, if it lies in the city."""
        locate(
            session=self._session, lon=lon, lat=lat, done=self._on_located, failed=self._on_failed
        )

    def set_component(self, code: str) -> None:
        """Take this component and the place that it stands at."""
        locate_component(
            session=self._session, code=code, done=self._on_component, failed=self._on_failed
        )

    def stop_picking(self) -> None:
        """The map is asked for no place any more."""
        self._pick.setChecked(False)

    def focus_first(self) -> None:
        """Take the keyboard to the first field."""
        self._pick.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_located(self, located: LocatedPlace) -> None:
        self._draft.component = None
        self._take_place(located)

    def _on_component(self, answer: tuple[ComponentCard, LocatedPlace]) -> None:
        card, located = answer
        self._draft.component = card
        self._take_place(located)
        self.component_found.emit(card)

    def _take_place(self, located: LocatedPlace) -> None:
        self._draft.place, self._draft.place_words = located.place, ""
        self._typed.setText(f"{located.place.lon:.6f}, {located.place.lat:.6f}")
        self._draft.address = located.place.address
        self._near = located.component if self._draft.component is None else None
        self._say("")
        self._refresh()
        self._pick.setChecked(False)
        self.changed.emit()

    def _on_failed(self, error: WanmiError) -> None:
        self._say(sentence(error))

    def _refresh(self) -> None:
        draft = self._draft
        self._address.setVisible(draft.place is not None)
        if self._address.text() != draft.address:
            self._address.setText(draft.address)
        facts = place_facts(draft)
        self._facts.setVisible(bool(facts))
        self._facts.set_facts(facts)
        self._use.setVisible(self._near is not None)
        if self._near is not None:
            self._use.setText(
                tr(
                    "Report this component: {name} {code}",
                    name=self._near.class_name,
                    code=self._near.code,
                )
            )

    def _say(self, text: str) -> None:
        self._why.setText(text)
        self._why.setVisible(bool(text))

    @Slot()
    def _on_typed(self) -> None:
        try:
            lon, lat = parse_coordinates(self._typed.text())
        except WanmiError as error:
            self._on_failed(error)
        else:
            self.set_place(lon, lat)

    @Slot(str)
    def _on_place_words(self, words: str) -> None:
        self._draft.place_words = words
        self.changed.emit()

    @Slot(str)
    def _on_address(self, text: str) -> None:
        self._draft.address = text
        self.changed.emit()

    @Slot()
    def _on_use(self) -> None:
        if self._near is not None:
            self.set_component(self._near.code)
