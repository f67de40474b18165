const imageConfigs = new Set(['application/vnd.docker.container.image.v1+json', 'application/vnd.oci.image.config.v1+json']);
const artifactManifest = 'application/vnd.oci.artifact.manifest.v1+json';

/** Why a tag never names something that a service runs, whatever the policy says; undefined when it may. */
export function companionTag(tag: string): string | undefined {
  // Signatures, attestations and bills of materials stand under the digest that they are about, as does the list of them.
  if (/^sha256-[0-9a-f]{32,}(\.[\w.-]+)?$/i.test(tag))
    return `the tag ${tag} belongs to a signature, an attestation or a bill of materials`;
  if (tag.endsWith('-soci')) return `the tag ${tag} belongs to a SOCI index`;
  return undefined;
}

/** Why something of these media types is no image that a service runs; undefined when it may be. What the registry does not tell bars nothing. */
export function foreignMediaType({ mediaType, artifactMediaType }: MediaTypes): string | undefined {
  if (mediaType === artifactManifest) return `its manifest (${mediaType}) is that of an artifact, not of an image`;
  if (artifactMediaType === undefined || imageConfigs.has(artifactMediaType)) return undefined;
  return `it is not an image but ${artifactMediaType}`;
}

export interface MediaTypes {
  mediaType?: string;
  artifactMediaType?: string;
}
