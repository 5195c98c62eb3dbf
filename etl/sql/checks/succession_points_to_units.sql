-- Every successor is a unit of 2025 and every unit of 2025 has a part.
SELECT unit.province_code_gso, 'no part' AS problem
FROM core.administrative_unit AS unit
ANTI JOIN core.succession AS s ON s.new_province_code_gso = unit.province_code_gso
WHERE unit.vintage = 2025
UNION ALL
SELECT s.new_province_code_gso, 'not a unit'
FROM core.succession AS s
ANTI JOIN core.administrative_unit AS unit
  ON unit.vintage = 2025 AND unit.province_code_gso = s.new_province_code_gso;
