"""Read models: the text of a mail, how much was sent lately, what stands behind the bell."""
