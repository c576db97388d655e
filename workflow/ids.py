"""Typed identities: passing a department where a person is meant is a type error."""

from typing import NewType

CaseId = NewType("CaseId", int)
PersonId = NewType("PersonId", int)
DepartmentId = NewType("DepartmentId", int)
ComponentId = NewType("ComponentId", int)
