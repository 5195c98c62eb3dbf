"""Speed and size of the dashboard against the budgets of the design, beside a naive version."""
