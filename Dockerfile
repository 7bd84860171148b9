# The image: Node, the libraries it is linked to, and one bundled program. No shell, no package manager, no root.
#   docker buildx build --platform linux/amd64,linux/arm64 -t registry.example.com/ringwall:0.1.0 .
# A release gives NODE_IMAGE by digest (docs/ci.md): a tag can be moved, a digest cannot.
ARG NODE_IMAGE=node:24-bookworm-slim

# The bundle is the same for every architecture: built once, on the builder's own.
FROM --platform=$BUILDPLATFORM ${NODE_IMAGE} AS build
WORKDIR /src
COPY package.json package-lock.json .npmrc ./
COPY tools ./tools
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY scripts ./scripts
COPY src ./src
RUN node scripts/build.ts

# Node of the architecture the image is for, and what the loader says it needs.
FROM ${NODE_IMAGE} AS node
RUN mkdir -p /image/work /image/tmp && chmod 1777 /image/tmp \
    && cp --parents /usr/local/bin/node /image \
    && ldd /usr/local/bin/node | grep -o '/[^ )]*' | xargs -I{} cp -L --parents {} /image

FROM scratch
LABEL org.opencontainers.image.title="ringwall" \
      org.opencontainers.image.description="Layered protection for Kubernetes clusters" \
      org.opencontainers.image.licenses="Apache-2.0"
COPY --from=node /image /
COPY --from=build /src/package.json /ringwall/package.json
COPY --from=build /src/dist /ringwall/dist
COPY LICENSE /ringwall/LICENSE
COPY schemas /ringwall/schemas
ENV NODE_ENV=production
# Mount what is to be scanned here, read-only.
WORKDIR /work
USER 65532:65532
ENTRYPOINT ["/usr/local/bin/node", "/ringwall/dist/ringwall.js"]
CMD ["--help"]
