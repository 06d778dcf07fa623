/** Four mistakes of the guide in five lines, and a certificate that is no longer given. */
export const MIS_SCOPED = `Senior MLOps Engineer

Come improve our ML ops. You will train models, design features and tune hyperparameters.
Pay: $120,000 to $130,000.
Requirements
- AWS Certified Machine Learning Specialty
- 8+ years of experience
Process: two rounds of LeetCode puzzles on a whiteboard.`;
