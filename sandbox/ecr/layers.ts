import type * as sdk from '@aws-sdk/client-ecr';
import { EcrError } from '../model/ecr/errors.ts';
import type { EcrModel } from '../model/ecr/model.ts';
import type { Repository } from '../model/ecr/repository.ts';
import type { Operation } from '../service.ts';

const partSize = 10_485_760;

/** Layers and config blobs, as a push or a pull speaks of them. Where a layer is downloaded from is the host's to say. */
export function layerOperations(model: EcrModel, downloadUrl: (repository: string, digest: string) => string) {
  return {
    BatchCheckLayerAvailability: (input: sdk.BatchCheckLayerAvailabilityCommandInput) => {
      const { layers } = model.repository(input.repositoryName ?? '');
      return {
        layers: (input.layerDigests ?? []).map((layerDigest): sdk.Layer => {
          const size = layers.get(layerDigest)?.length;
          if (size === undefined) return { layerDigest, layerAvailability: 'UNAVAILABLE' };
          return { layerDigest, layerAvailability: 'AVAILABLE', layerSize: size, mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip' };
        }),
        failures: [],
      };
    },
    InitiateLayerUpload: (input: sdk.InitiateLayerUploadCommandInput) => ({
      uploadId: model.layers.begin(model.repository(input.repositoryName ?? '')),
      partSize,
    }),
    UploadLayerPart: (input: sdk.UploadLayerPartCommandInput) => {
      const repository = model.repository(input.repositoryName ?? '');
      const uploadId = input.uploadId ?? '';
      const part = input.layerPartBlob ?? new Uint8Array();
      const lastByteReceived = model.layers.add(repository, uploadId, input.partFirstByte ?? 0, part);
      return { ...called(repository), uploadId, lastByteReceived };
    },
    CompleteLayerUpload: (input: sdk.CompleteLayerUploadCommandInput) => {
      const repository = model.repository(input.repositoryName ?? '');
      const uploadId = input.uploadId ?? '';
      return { ...called(repository), uploadId, layerDigest: model.layers.complete(repository, uploadId, input.layerDigests ?? []) };
    },
    GetDownloadUrlForLayer: (input: sdk.GetDownloadUrlForLayerCommandInput) => {
      const { layers, name } = model.repository(input.repositoryName ?? '');
      const layerDigest = input.layerDigest ?? '';
      if (!layers.has(layerDigest))
        throw new EcrError('LayersNotFoundException', `The layer with digest '${layerDigest}' does not exist in the repository '${name}'`);
      return { downloadUrl: downloadUrl(name, layerDigest), layerDigest };
    },
  } satisfies Record<string, Operation>;
}

function called({ registryId, name }: Repository): { registryId: string; repositoryName: string } {
  return { registryId, repositoryName: name };
}
