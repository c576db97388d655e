"""Taking cases over from the files of other systems: `./wanmi import cases`."""
