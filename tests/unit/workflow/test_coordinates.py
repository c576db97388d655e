"""GCJ-02 to WGS 84 and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.address import offset
from workflow.coordinates import gcj02_to_wgs84, wgs84_to_gcj02

# Mainland China, roughly.
LON, LAT = st.floats(73.5, 135.0), st.floats(18.2, 53.5)


@given(LON, LAT)
def test_there_and_back_is_the_same_point_to_a_tenth_of_a_metre(lon: float, lat: float) -> None:
    back = gcj02_to_wgs84(*wgs84_to_gcj02(lon, lat))
    assert offset(lon, lat, *back).metres < 0.1


@given(LON, LAT)
def test_the_shift_is_some_hundred_metres_anywhere_in_china(lon: float, lat: float) -> None:
    assert 20 < offset(lon, lat, *wgs84_to_gcj02(lon, lat)).metres < 1_000


def test_a_point_of_beijing_is_where_other_converters_put_it() -> None:
    assert wgs84_to_gcj02(116.404, 39.915) == pytest.approx((116.4102445, 39.9164043), abs=1e-6)


def test_shanghai_is_shifted_east_and_south() -> None:
    shift = offset(121.49, 31.235, *wgs84_to_gcj02(121.49, 31.235))
    assert 400 < shift.east < 500
    assert -260 < shift.north < -180
