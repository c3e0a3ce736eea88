"""The inspection that hangs on a ticket of kind `inspection`. Plans and checklists come with their own issue."""
