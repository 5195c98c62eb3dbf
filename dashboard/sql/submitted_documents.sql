-- What became of every original that was submitted? One row per original, newest first.
SELECT
    submitted.original_name,
    submitted.received_at,
    submitted.arrived_by,
    submitted.person,
    submitted.state,
    submitted.reason,
    submitted.document_id,
    document.document_number,
    document.kind,
    decision.person AS decided_by,
    decision.decided_at,
    decision.reason AS decision_reason
FROM core.submitted_document AS submitted
LEFT JOIN core.document AS document USING (document_id)
LEFT JOIN (
    SELECT subject, max_by(person, decided_at) AS person, max(decided_at) AS decided_at,
           max_by(reason, decided_at) AS reason
    FROM core.decision
    GROUP BY subject
) AS decision ON decision.subject = 'document:' || submitted.sha256
ORDER BY submitted.received_at DESC, submitted.original_name, submitted.sha256
