# gradus in a small image: built in one stage, run in another as a user without rights.
#   docker build -t gradus .
#   docker run --rm --read-only -p 127.0.0.1:9630:9630 gradus
# It writes only to the volume /data, where the demo leaves its report and from which it resumes at the next start.
ARG DEBIAN=12

FROM debian:${DEBIAN} AS build
WORKDIR /src
COPY scripts/install scripts/build scripts/
RUN scripts/install build
COPY . .
RUN scripts/build release -DGRADUS_TESTS=OFF gradus

FROM debian:${DEBIAN}-slim
RUN apt-get update && \
    apt-get install -y --no-install-recommends ca-certificates libfmt9 libprometheus-cpp-core1.0 librdkafka1 \
      libsasl2-modules libsimdjson14 libspdlog1.10 libsqlite3-0 libyaml-cpp0.7 zlib1g && \
    rm -rf /var/lib/apt/lists/* && \
    useradd --system --uid 10001 --home-dir /data gradus && \
    install -d -o gradus -g gradus /data
COPY --from=build /src/build/release/gradus /usr/local/bin/gradus
USER 10001
WORKDIR /data
VOLUME /data
EXPOSE 9630
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s CMD ["gradus", "healthcheck"]
ENTRYPOINT ["gradus"]
CMD ["demo", "--listen", "0.0.0.0:9630", "--data", "/data"]
