# Dateline in a container: docker build --tag dateline .
ARG BASE=python:3.11-slim-bookworm

FROM ${BASE} AS build
WORKDIR /source
COPY requirements.lock requirements-server.lock ./
RUN python -m venv /opt/build \
 && /opt/build/bin/pip install --no-cache-dir --require-hashes --requirement requirements.lock \
 && python -m venv --without-pip /opt/dateline \
 && /opt/build/bin/pip --python /opt/dateline/bin/python install --no-cache-dir --require-hashes --requirement requirements-server.lock
COPY pyproject.toml hatch_build.py README.md LICENSE ./
COPY quizapp ./quizapp
COPY migrations ./migrations
COPY question_bank ./question_bank
RUN /opt/build/bin/pip wheel --no-deps --no-build-isolation --wheel-dir /wheels . \
 && /opt/build/bin/pip --python /opt/dateline/bin/python install --no-cache-dir --no-deps /wheels/*.whl

FROM ${BASE}
RUN groupadd --gid 10001 dateline \
 && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /var/lib/dateline --shell /usr/sbin/nologin dateline \
 && install --directory --owner dateline --group dateline --mode 0700 /var/lib/dateline
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
