"""The guided tour: one case walked through all seven steps by pressing the desk's own widgets."""
