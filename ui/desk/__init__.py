"""The desk: one window with the boxes, the queue, the map and the case of one seat."""
