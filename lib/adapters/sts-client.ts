import { STSClient } from '@aws-sdk/client-sts';
import { clientSettings, type ClientOptions } from './client-settings.ts';

/** A client for STS that ends hanging calls. */
export function stsClient(options: ClientOptions): STSClient {
  return new STSClient(clientSettings(options));
}
