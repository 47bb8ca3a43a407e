# One static binary, run by nobody in particular, on an image with nothing but certificates.
FROM golang:1.26 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
ARG VERSION=""
RUN CGO_ENABLED=0 go build -trimpath -ldflags "-s -w -X main.release=${VERSION}" -o /waitlist ./cmd/waitlist

FROM gcr.io/distroless/static-debian12:nonroot
COPY --from=build /waitlist /waitlist
ENV APP_ENV=production PORT=3000
EXPOSE 3000
USER 65532:65532
HEALTHCHECK --interval=10s --timeout=6s --start-period=60s --retries=3 CMD ["/waitlist", "health"]
ENTRYPOINT ["/waitlist"]
