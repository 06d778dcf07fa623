throw new Error("Unit tests open no database: see the projects in test/vitest.config.ts.");
