"""Addresses of the composed pages of the store room; the others are in `spares.urls`."""

from django.urls import path

from servicedesk.screens.store import board

urlpatterns = [path("spares/", board.board, name="spares")]
