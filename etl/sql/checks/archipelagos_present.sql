-- Hoàng Sa and Trường Sa are there, with at least one named feature each.
SELECT wanted.archipelago
FROM (VALUES ('Hoàng Sa', '48'), ('Trường Sa', '56')) AS wanted (archipelago, code)
LEFT JOIN core.archipelago AS a ON a.archipelago = wanted.archipelago AND a.province_code_gso = wanted.code
LEFT JOIN core.archipelago_point AS p ON p.archipelago = wanted.archipelago
WHERE a.archipelago IS NULL OR p.archipelago IS NULL;
