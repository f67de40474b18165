/** Who calls AWS, by the credentials at hand. */
export interface Caller {
  identity(): Promise<{ account: string; arn: string }>;
}
