/** What computes: this process, or PyTorch. */
export const engineNames = ['node', 'peft'] as const;
