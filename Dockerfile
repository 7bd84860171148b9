# The image: Node and one bundled program. No shell, no package manager, no root. For linux/amd64 and linux/arm64:
#   docker buildx build --platform linux/amd64,linux/arm64 -t registry.example.com/ringwall:0.1.0 .
# A release gives both images by digest (docs/ci.md): a tag can be moved, a digest cannot.
ARG BUILD_IMAGE=docker.io/library/node:24-bookworm-slim
ARG RUNTIME_IMAGE=gcr.io/distroless/nodejs24-debian12:nonroot

# The bundle is the same for every architecture: built once, on the builder's own.
FROM --platform=$BUILDPLATFORM ${BUILD_IMAGE} AS build
WORKDIR /src
COPY package.json package-lock.json .npmrc ./
COPY tools ./tools
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY scripts ./scripts
COPY src ./src
RUN node scripts/build.ts

FROM ${RUNTIME_IMAGE}
LABEL org.opencontainers.image.title="ringwall" \
      org.opencontainers.image.description="Layered protection for Kubernetes clusters" \
      org.opencontainers.image.licenses="Apache-2.0"
COPY --from=build /src/package.json /ringwall/package.json
COPY --from=build /src/dist /ringwall/dist
COPY LICENSE /ringwall/LICENSE
COPY schemas /ringwall/schemas
ENV NODE_ENV=production
# Mount what is to be scanned here, read-only.
WORKDIR /work
USER 65532:65532
ENTRYPOINT ["/nodejs/bin/node", "/ringwall/dist/ringwall.js"]
CMD ["--help"]
