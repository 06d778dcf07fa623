import { Socket } from "node:net";

/** The sockets of one database. A driver that says goodbye to a silent server would wait for its answer for ever. */
export type Sockets = { readonly open: () => Socket; destroy(): void };

export function createSockets(): Sockets {
  const sockets = new Set<Socket>();
  return {
    open() {
      const socket = new Socket();
      sockets.add(socket);
      socket.once("close", () => sockets.delete(socket));
      return socket;
    },
    destroy() {
      for (const socket of sockets) socket.destroy();
    },
  };
}
