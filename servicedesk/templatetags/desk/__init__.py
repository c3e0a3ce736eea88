"""Template tags of the design system: one tag per component, each drawing its partial in templates/components/.

Generic only: no tag reads the database or the clock; `now` comes from the view. Block tags carry page content,
`{% banner title=... %}...{% endbanner %}`; `{% slot as name %}...{% endslot %}` keeps markup for an argument.
"""

from django import template

from servicedesk.templatetags.desk import bars, blocks, forms, marks, readings, words

register = template.Library()
for part in (words, marks, forms, blocks, bars, readings):
    register.tags.update(part.register.tags)
    register.filters.update(part.register.filters)
