FROM python:3.11-slim

ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 PIP_NO_CACHE_DIR=1
WORKDIR /app

COPY requirements.txt .
RUN pip install --require-hashes -r requirements.txt

COPY . .
# Static files are the same everywhere, so they are part of the image. The settings need values; none of these is used.
RUN SECRET_KEY=build DATABASE_URL=postgres://build/build REDIS_URL=redis://build python manage.py collectstatic --no-input

RUN useradd --system --no-create-home lafse && install -d -o lafse -g lafse /data /witness
USER lafse
ENV DATA_DIR=/data
VOLUME /data /witness
EXPOSE 8000
CMD ["python", "-m", "gunicorn", "lafse.wsgi", "--workers", "2", "--threads", "4", "--preload", "--no-control-socket", "--worker-tmp-dir", "/dev/shm"]
