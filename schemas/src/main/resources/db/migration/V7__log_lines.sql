-- With each event what functions had logged before it: [{level, message, time}].
CREATE OR REPLACE VIEW task_logs AS
SELECT e.task_id, e.version,
       CASE WHEN JSON_EXTRACT(e.entry, '$.error') IS NOT NULL THEN 'error'
            WHEN JSON_UNQUOTE(JSON_EXTRACT(e.entry, '$.status')) = 'cancelled' THEN 'warn'
            ELSE 'info' END AS level,
       JSON_UNQUOTE(JSON_EXTRACT(e.entry, '$.event_type')) AS event_type,
       JSON_UNQUOTE(JSON_EXTRACT(e.entry, '$.phase')) AS phase,
       JSON_UNQUOTE(JSON_EXTRACT(e.entry, '$.message')) AS message,
       CAST(JSON_EXTRACT(e.entry, '$.attempt') AS SIGNED) AS attempt,
       JSON_UNQUOTE(JSON_EXTRACT(e.entry, '$.error.code')) AS error_code,
       JSON_UNQUOTE(JSON_EXTRACT(e.entry, '$.error.message')) AS error_message,
       JSON_EXTRACT(e.entry, '$.lines') AS log_lines,
       TIMESTAMPADD(MICROSECOND, CAST(JSON_EXTRACT(e.entry, '$.time') AS SIGNED) * 1000, TIMESTAMP '1970-01-01 00:00:00.000') AS created_at
FROM task_entries e;
