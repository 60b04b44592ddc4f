# Dateline in a container: docker build --tag dateline .
ARG BASE=python:3.11-slim-bookworm

FROM ${BASE} AS build
WORKDIR /source
COPY requirements.lock requirements-server.lock ./
RUN python -m venv /opt/build \
 && /opt/build/bin/pip install --no-cache-dir --require-hashes --requirement requirements.lock \
 && python -m venv /opt/dateline \
 && /opt/dateline/bin/pip install --no-cache-dir --require-hashes --requirement requirements-server.lock
COPY pyproject.toml hatch_build.py README.md LICENSE ./
COPY quizapp ./quizapp
COPY migrations ./migrations
COPY question_bank ./question_bank
RUN /opt/build/bin/pip wheel --no-deps --no-build-isolation --wheel-dir /wheels . \
 && /opt/dateline/bin/pip install --no-cache-dir --no-deps /wheels/*.whl

FROM ${BASE}
RUN useradd --system --uid 10001 --create-home --home-dir /var/lib/dateline dateline
COPY --from=build /opt/dateline /opt/dateline
ENV PATH=/opt/dateline/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    QUIZAPP_INSTANCE=/var/lib/dateline \
    QUIZAPP_LOG_FORMAT=json
WORKDIR /var/lib/dateline
USER 10001
VOLUME /var/lib/dateline
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
  CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
CMD ["quizapp", "serve", "--host", "0.0.0.0", "--port", "8000", "--drain", "5"]
