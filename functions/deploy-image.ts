import { wireDeployImage } from '../lib/wire.ts';
import { entry } from '../lib/entry.ts';
import { parseImagePush } from '../lib/events/image-push.ts';
import { deployImage } from '../lib/flows/deploy-image.ts';

const needs = wireDeployImage(); // At cold start: a bad setting fails here, and the error names every one.

/** EventBridge, aws.ecr "ECR Image Action" PUSH and "ECR Replication Action" REPLICATE. */
export const handler = entry(async (event, moment) => deployImage(parseImagePush(event), needs, moment), needs.budget);
