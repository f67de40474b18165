/** Who signed a call, for which service and region. Signatures are not checked: any credentials will do. */
export interface Signature {
  accessKeyId: string;
  region: string;
  service: string;
}

/** Reads the credential scope of a signed request, from its header or its query; undefined where it is unsigned. */
export function signatureOf(authorization: string | undefined, query: URLSearchParams): Signature | undefined {
  const scope = /Credential=([^,\s]+)/.exec(authorization ?? '')?.[1] ?? query.get('X-Amz-Credential') ?? undefined;
  const [accessKeyId, , region, service] = scope?.split('/') ?? [];
  return accessKeyId && region && service ? { accessKeyId, region, service } : undefined;
}
