import { symmetricDecrypt } from "better-auth/crypto";
import * as z from "zod";

/** What is needed of the library's inside. */
type Inside = {
  readonly adapter: {
    findMany(query: { model: string }): Promise<unknown[]>;
    delete(query: { model: string; where: { field: string; value: string }[] }): Promise<unknown>;
  };
  readonly secretConfig: Parameters<typeof symmetricDecrypt>[0]["key"];
};
const StoredKeys = z.array(z.object({ id: z.string(), privateKey: z.string() }));

/**
 * Forgets the signing keys that were made with another GREENFLAG_AUTH_SECRET: nothing can be signed with them, and
 * whoever changed the secret does not want what they signed to be taken any longer.
 */
export async function forgetForeignKeys({ adapter, secretConfig }: Inside): Promise<void> {
  for (const { id, privateKey } of StoredKeys.parse(await adapter.findMany({ model: "jwks" }))) {
    const isOurs = await symmetricDecrypt({ key: secretConfig, data: JSON.parse(privateKey) }).then(
      () => true,
      () => false,
    );
    if (!isOurs) await adapter.delete({ model: "jwks", where: [{ field: "id", value: id }] });
  }
}
