"""The customers' own pages: their list, the page of one case, the question whether it works.

Own queries, own values, own templates: nothing internal is copied in here, so nothing internal can be shown.
"""
