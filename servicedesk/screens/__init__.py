"""Pages that show several apps. They read services and querysets and decide nothing."""
