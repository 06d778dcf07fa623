throw new Error("Unit tests open no database: see the projects in vitest.config.ts.");
