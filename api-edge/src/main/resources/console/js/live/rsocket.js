// RSocket over WebSocket: one connection, any number of streams on it, each asked for in portions so that a slow page slows the stream
// and not the browser.
import {
  Buffer,
  encodeBearerAuthMetadata,
  encodeCompositeMetadata,
  encodeRoute,
  RSocketConnector,
  WebsocketClientTransport,
  WellKnownMimeType,
} from "../../vendor/rsocket.js";

const PORTION = 128;
const OPENS_WITHIN = 6_000;
const text = new TextDecoder();

/** @typedef {{onEvent: (event: any) => void, onEnd: (failure: Error | null) => void}} Sink */

/**
 * Connects. Rejects when the way is barred; what the server thinks of the token it says on the first stream.
 *
 * @param {string} token
 * @param {(failure: Error | undefined) => void} onClose called once, when the connection is gone
 * @returns {Promise<{open: (target: {route: string, cursor: string}, sink: Sink) => () => void, close: () => void}>}
 */
export async function connect(token, onClose) {
  let socket;
  const connector = new RSocketConnector({
    setup: {
      keepAlive: 10_000,
      lifetime: 25_000,
      dataMimeType: "application/json",
      metadataMimeType: WellKnownMimeType.MESSAGE_RSOCKET_COMPOSITE_METADATA.string,
      payload: {
        data: Buffer.alloc(0),
        metadata: encodeCompositeMetadata([[WellKnownMimeType.MESSAGE_RSOCKET_AUTHENTICATION, encodeBearerAuthMetadata(token)]]),
      },
    },
    transport: new WebsocketClientTransport({
      url: `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/rsocket`,
      wsCreator: (url) => (socket = new WebSocket(url)),
    }),
  });
  const rsocket = await within(connector.connect(), () => socket?.close());
  let over = false;
  rsocket.onClose((failure) => {
    if (!over) {
      over = true;
      onClose(failure);
    }
  });
  return {
    open: (target, sink) => stream(rsocket, target, sink),
    close: () => {
      if (!over) {
        over = true;
        rsocket.close();
      }
      socket?.close();
    },
  };
}

function within(connecting, giveUp) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      giveUp();
      reject(new Error("no answer to the WebSocket handshake"));
    }, OPENS_WITHIN);
    connecting.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

function stream(rsocket, { route, cursor }, sink) {
  let taken = 0;
  const request = rsocket.requestStream(
    {
      data: Buffer.from(JSON.stringify(cursor ? { cursor } : {})),
      metadata: encodeCompositeMetadata([[WellKnownMimeType.MESSAGE_RSOCKET_ROUTING, encodeRoute(route)]]),
    },
    2 * PORTION,
    {
      onNext(payload, last) {
        if (payload?.data) {
          sink.onEvent(JSON.parse(text.decode(payload.data)));
        }
        if (last) {
          sink.onEnd(null);
        } else if (++taken % PORTION === 0) {
          request.request(PORTION);
        }
      },
      onComplete: () => sink.onEnd(null),
      onError: (failure) => sink.onEnd(failure),
      onExtension() {},
    },
  );
  return () => request.cancel();
}
