"""The inspection that hangs on a ticket of kind `inspection`. Plans, checklists and reports come with their own issue."""
