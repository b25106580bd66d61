# One image for both ways of running: `serve` (the default) and `worker`.
FROM node:22-slim AS assets
WORKDIR /assets
COPY package.json package-lock.json Makefile ./
RUN npm ci --ignore-scripts --no-audit --no-fund && make --always-make --assume-old=.venv/.synced app/static/vendor/.filled

FROM python:3.13-slim
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PYTHONPATH=/srv/dialogdag
WORKDIR /srv/dialogdag
COPY requirements.lock ./
RUN pip install --no-cache-dir --require-hashes -r requirements.lock
COPY . .
COPY --from=assets /assets/app/static/vendor app/static/vendor
RUN printf '#!/bin/sh\nexec python -m app "$@"\n' > /usr/local/bin/dialogdag && chmod +x /usr/local/bin/dialogdag \
    && useradd --system --home-dir /srv/dialogdag dialogdag \
    && mkdir -p var && chown dialogdag var
USER dialogdag
VOLUME /srv/dialogdag/var
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8000/health', timeout=2)"]
ENTRYPOINT ["dialogdag"]
CMD ["serve", "--host", "0.0.0.0"]
