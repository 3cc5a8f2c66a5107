"""Everything seen: base template, parts, stylesheet, the wave, the ring, template filters; no models, no pages."""
