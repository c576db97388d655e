-- The record's own guards, for SQLite: what no statement may do, whoever sends it.
-- The same rules stand in postgresql.sql. RAISE takes only literal text, hence one line per refusal.

-- Who may check a case apart from its reporter, its beat, and who dispatched or handled it.
-- Asked with the step's own case_id it looks at that case alone; with a column of another table
-- SQLite would first put together the checkers of every case in the record.
CREATE VIEW guard_checker AS
SELECT DISTINCT c.id AS case_id, h.person_id
  FROM cases AS c
  JOIN transition AS t ON t.profile = c.profile AND t.version = c.rules_version
   AND t.from_state = 'Checking' AND t.operation = 'replyCheck'
  JOIN transition_post AS p ON p.profile = t.profile AND p.version = t.version AND p.ord = t.ord
  JOIN person_post AS h ON h.post = p.post
 WHERE h.person_id <> c.reporter_id
   AND h.person_id NOT IN (SELECT b.person_id FROM beat_collector AS b
                             JOIN beat ON beat.id = b.beat_id WHERE beat.code = c.beat_code)
   AND h.person_id NOT IN (SELECT e.person_id FROM case_event AS e
                             JOIN post ON post.code = e.post
                            WHERE e.case_id = c.id AND post.axis = 'command');

-- A step against the rows of the transition table that its case lives under. Of several rows that
-- differ in their guards alone (acceptor_pool closes in two ways), one that nothing stands against
-- will do. Words in needs and guards stand between semicolons, so that one can be looked for whole;
-- a guard with an argument that stands several times is content if one of them fits.
CREATE TRIGGER guard_case_event_insert BEFORE INSERT ON case_event
BEGIN
    SELECT CASE
        WHEN c.id IS NULL
        THEN RAISE(ABORT, 'A step needs its case; this one names a case that is not in the record.')
        -- INSERT OR REPLACE removes the row in its way without asking the DELETE guard.
        WHEN EXISTS (SELECT 1 FROM case_event WHERE id = NEW.id)
        THEN RAISE(ABORT, 'A step that was recorded cannot be changed.')
        WHEN c.projected_version <> c.version
        THEN RAISE(ABORT, 'The case is in the middle of another step; finish that first.')
        WHEN NEW.seq IS NOT c.version + 1
        THEN RAISE(ABORT, 'The case has moved on; a step must carry the next number of its case.')
        WHEN NEW.from_state IS NOT c.state
        THEN RAISE(ABORT, 'A step must start from the state that its case is in.')
        WHEN NEW.prev_hash IS NOT c.head_hash
        THEN RAISE(ABORT, 'A step must be chained to the last step of its case.')
        WHEN typeof(NEW.hash) <> 'blob' OR length(NEW.hash) <> 32
        THEN RAISE(ABORT, 'A step needs its hash of 32 bytes.')
        WHEN EXISTS (SELECT 1 FROM case_event
                      WHERE case_id = NEW.case_id AND seq = NEW.seq - 1 AND at > NEW.at)
        THEN RAISE(ABORT, 'A step cannot lie before the last step of its case; check the machine''s clock.')
        END
      FROM (SELECT NEW.case_id AS id) AS n LEFT JOIN cases AS c ON c.id = n.id;
    SELECT CASE objection
        WHEN 'table' THEN RAISE(ABORT, 'The transition table does not allow this step to this post.')
        WHEN 'post' THEN RAISE(ABORT, 'The person does not hold this post.')
        WHEN 'task' THEN RAISE(ABORT, 'This task was given to another person.')
        WHEN 'department' THEN RAISE(ABORT, 'The case was dispatched to another department.')
        WHEN 'unit' THEN RAISE(ABORT, 'The case was given to another center.')
        WHEN 'district' THEN RAISE(ABORT, 'The case lies in another district.')
        WHEN 'co_task' THEN RAISE(ABORT, 'The department has no open co-handling task in this case.')
        WHEN 'owner' THEN RAISE(ABORT, 'Who filed a case answers for it to the end.')
        WHEN 'claim' THEN RAISE(ABORT, 'The case was claimed by a colleague.')
        WHEN 'actor' THEN RAISE(ABORT, 'Who dispatched or handled a case cannot check or close it.')
        WHEN 'ruler' THEN RAISE(ABORT, 'Who asked for something cannot rule on it.')
        WHEN 'checker' THEN RAISE(ABORT, 'The check cannot go to someone who dispatched or handled the case, reported it or walks its beat.')
        WHEN 'lot' THEN RAISE(ABORT, 'The check goes to whom the lot fell on.')
        WHEN 'authorisation' THEN RAISE(ABORT, 'This authorisation does not cover the step, has ended, or was used up today.')
        WHEN 'rule' THEN RAISE(ABORT, 'A rule of the transition table stands against this step.')
        WHEN 'time' THEN RAISE(ABORT, 'The time for this step is over, or has not come yet.')
        WHEN 'opinion' THEN RAISE(ABORT, 'This step needs an opinion; write why.')
        WHEN 'photo' THEN RAISE(ABORT, 'This step needs a photo.')
        WHEN 'no photo' THEN RAISE(ABORT, 'This step takes no such photo.')
        WHEN 'need' THEN RAISE(ABORT, 'This step lacks something that the transition table asks for.')
        END
      FROM (SELECT coalesce((
        SELECT CASE
            WHEN NOT EXISTS (SELECT 1 FROM person_post
                              WHERE person_id = NEW.person_id AND post = NEW.post)
            THEN 'post'
            -- who acts
            WHEN instr(g, ';own_task;') AND c.collector_id IS NOT NEW.person_id THEN 'task'
            WHEN instr(g, ';own_department;')
             AND NOT EXISTS (SELECT 1 FROM person_post AS h
                              WHERE h.person_id = NEW.person_id AND h.post = NEW.post
                                AND h.department_id = c.department_id)
            THEN 'department'
            WHEN instr(g, ';own_unit;')
             AND NOT EXISTS (SELECT 1 FROM person_post AS h
                              WHERE h.person_id = NEW.person_id AND h.post = NEW.post
                                AND h.department_id = c.dispatch_unit_id)
            THEN 'unit'
            WHEN instr(g, ';own_district;')
             AND NOT EXISTS (SELECT 1 FROM person_post AS h
                               JOIN department AS d ON d.id = h.department_id
                              WHERE h.person_id = NEW.person_id AND h.post = NEW.post
                                AND d.district_code = c.district_code)
            THEN 'district'
            WHEN instr(g, ';own_co_task;')
             AND NOT EXISTS (SELECT 1 FROM person_post AS h
                               JOIN co_task AS k ON k.department_id = h.department_id
                              WHERE h.person_id = NEW.person_id AND h.post = NEW.post
                                AND k.case_id = c.id AND k.replied_at IS NULL)
            THEN 'co_task'
            WHEN instr(g, ';own_work;') AND c.handler_id <> NEW.person_id THEN 'task'
            WHEN instr(g, ';own_case;') AND c.owner_id <> NEW.person_id THEN 'owner'
            WHEN instr(g, ';unclaimed;') AND c.claimed_by <> NEW.person_id
              OR instr(g, ';nobody_has_it;') AND c.claimed_by IS NOT NULL
              OR instr(g, ';own_claim;') AND c.claimed_by IS NOT NEW.person_id
            THEN 'claim'
            WHEN instr(g, ';actor_apart;')
             AND EXISTS (SELECT 1 FROM case_event AS e JOIN post ON post.code = e.post
                          -- The plus keeps SQLite from reading all that the person ever did.
                          WHERE e.case_id = NEW.case_id AND +e.person_id = NEW.person_id
                            AND post.axis = 'command')
            THEN 'actor'
            WHEN instr(g, ';finder_apart;') AND c.reporter_id IS NEW.person_id THEN 'actor'
            WHEN instr(g, ';ruler_apart;') AND c.request_by IS NEW.person_id THEN 'ruler'
            WHEN instr(g, ';checker_apart;')
             AND EXISTS (SELECT 1 FROM case_event AS e JOIN post ON post.code = e.post
                          WHERE e.case_id = NEW.case_id AND post.axis = 'command'
                            AND +e.person_id
                                = coalesce(NEW.body ->> '$.changes.collector_id[1]', c.collector_id))
            THEN 'checker'
            WHEN instr(g, ';checker_rule;')
             AND (SELECT x.value FROM setting AS x
                   WHERE x.profile = c.profile AND x.version = c.rules_version
                     AND x.key = 'checker_rule') IN ('apart', 'drawn')
             AND EXISTS (SELECT 1 FROM guard_checker AS k WHERE k.case_id = NEW.case_id)
             AND NOT EXISTS (
                 SELECT 1 FROM guard_checker AS k
                  WHERE k.case_id = NEW.case_id
                    AND k.person_id
                        = coalesce(NEW.body ->> '$.changes.collector_id[1]', c.collector_id))
            THEN 'checker'
            -- The lot falls on the place that the first eight bytes of the last hash give, modulo
            -- how many there are: digit by digit, for eight bytes are more than a number holds.
            WHEN instr(g, ';checker_rule;')
             AND (SELECT x.value FROM setting AS x
                   WHERE x.profile = c.profile AND x.version = c.rules_version
                     AND x.key = 'checker_rule') = 'drawn'
             AND (SELECT {{the place of the lot}} <> ahead
                    FROM (SELECT count(*) AS n, hex(substr(c.head_hash, 1, 8)) AS h,
                                 sum(k.person_id < coalesce(
                                     NEW.body ->> '$.changes.collector_id[1]', c.collector_id))
                                 AS ahead
                            FROM guard_checker AS k WHERE k.case_id = NEW.case_id)
                   WHERE n > 0)
            THEN 'lot'
            -- how the case stands
            WHEN instr(g, ';came_from:')
                 AND NOT instr(g, ';came_from:' || ifnull(c.came_from, '') || ';')
              OR instr(g, ';ended_from:')
                 AND NOT instr(g, ';ended_from:' || ifnull(c.ended_from, '') || ';')
              OR instr(g, ';level:') AND NOT instr(g, ';level:' || c.level || ';')
              OR instr(g, ';request:')
                 AND NOT instr(g, ';request:' || ifnull(c.request_kind, '') || ';')
              OR instr(g, ';tier:') AND NOT instr(g, ';tier:' || c.request_tier || ';')
              OR instr(g, ';no_request;') AND c.request_kind IS NOT NULL
              OR instr(g, ';not_untrue;') AND c.verify_result IS 'untrue'
              OR instr(g, ';check_passed;') AND c.check_result IS NOT 'done'
                 AND NOT (c.check_result IS NULL AND c.closing_route = 'direct')
              OR instr(g, ';supervised;') AND c.supervised IS NULL
              OR instr(g, ';not_supervised;') AND c.supervised IS NOT NULL
              OR instr(g, ';emergency;') AND NOT c.emergency
              OR instr(g, ';not_emergency;') AND c.emergency
              OR instr(g, ';responsibility_open;') AND NOT c.responsibility_open
              OR instr(g, ';responsibility_settled;') AND c.responsibility_open
              OR instr(g, ';duplicate;') AND c.duplicate_of IS NULL
              OR instr(g, ';not_duplicate;') AND c.duplicate_of IS NOT NULL
              OR instr(g, ';linked;') AND c.similar_to IS NULL
              OR instr(g, ';self_handled;') AND NOT c.self_handled
              OR instr(g, ';not_self_handled;') AND c.self_handled
              OR instr(g, ';assigned;') AND c.handler_id IS NULL
              OR instr(g, ';unassigned;') AND c.handler_id IS NOT NULL
              OR instr(g, ';needs_visit;') AND NOT (c.needs_visit AND c.satisfaction IS NULL)
              OR instr(g, ';no_visit;') AND c.needs_visit
              OR instr(g, ';to_visit;') AND NOT c.needs_visit
              OR instr(g, ';late;') AND c.handle_on_time IS NOT 0
              OR instr(g, ';no_appeal;') AND c.appeal_result IS NOT NULL
              OR instr(g, ';co_open;')
                 AND NOT EXISTS (SELECT 1 FROM co_task AS k
                                  WHERE k.case_id = c.id AND k.replied_at IS NULL)
              OR instr(g, ';co_done;')
                 AND EXISTS (SELECT 1 FROM co_task AS k
                              WHERE k.case_id = c.id AND k.replied_at IS NULL)
              OR instr(g, ';imported;') AND NOT (c.closing_route = '' AND c.external_number <> '')
              OR instr(g, ';extensions_left;') AND c.extension_count >= {{setting extension_max 2}}
              OR instr(g, ';suspensions_left;') AND c.suspend_count >= {{setting suspend_max 1}}
            THEN 'rule'
            -- time
            WHEN instr(g, ';rested;')
                 AND c.closed_at + {{setting archive_days 30}} * 86400000 > NEW.at
              OR instr(g, ';same_time;') AND c.kind = 'event'
                 AND {{setting same_time_minutes 0}} > 0
                 AND (SELECT min(apart, 1440 - apart)
                        FROM (SELECT abs((NEW.at + 28800000) / 60000 % 1440
                                         - (c.reported_at + 28800000) / 60000 % 1440) AS apart))
                     > {{setting same_time_minutes 0}}
              OR instr(g, ';over_by_date;')
                 AND NOT (c.suspended_until IS NULL OR c.suspended_until <= NEW.at)
              OR instr(g, ';not_overdue;')
                 AND (SELECT coalesce(
                             k.stopped_at,
                             iif(k.pauses ->> '$[#-1][1]' IS NULL, k.pauses ->> '$[#-1][0]', NULL),
                             NEW.at) > k.due_at
                        FROM clock AS k
                       WHERE k.case_id = c.id AND k.kind = 'handle'
                       ORDER BY k.round DESC LIMIT 1)
            THEN 'time'
            WHEN instr(g, ';authorised;')
             AND NOT EXISTS (
                 SELECT 1 FROM authorisation AS a
                  WHERE a.profile = c.profile AND a.version = c.rules_version
                    AND a.id = coalesce(
                        NEW.body ->> '$.changes.authorisation_id[1]', c.authorisation_id)
                    AND a.operation = NEW.operation AND a.kind = c.kind
                    AND substr(c.class_code, 1, length(a.class_prefix)) = a.class_prefix
                    AND NEW.at < (strftime('%s', a.until) - 28800) * 1000
                    -- Used since midnight in China.
                    AND a.per_day > (
                        SELECT count(*) FROM case_event AS e JOIN cases AS o ON o.id = e.case_id
                         WHERE e.operation IN ('authClose', 'askDirectClose')
                           AND e.at >= (NEW.at + 28800000) / 86400000 * 86400000 - 28800000
                           AND coalesce(e.body ->> '$.changes.authorisation_id[1]',
                                        o.authorisation_id) = a.id))
            THEN 'authorisation'
            -- what the step brings
            WHEN instr(n, ';opinion;') AND trim(NEW.opinion, char(9, 10, 13, 32, 12288)) = ''
            THEN 'opinion'
            WHEN instr(n, ';photo;') AND json_array_length(NEW.body, '$.photos') = 0
            THEN 'photo'
            WHEN usage <> 'own'
             AND EXISTS (SELECT 1 FROM json_each(NEW.body, '$.photos') AS p
                          WHERE p.value ->> '$.usage' <> usage)
            THEN 'no photo'
            WHEN instr(n, ';condition;')
                 AND NOT EXISTS (
                     SELECT 1 FROM filing_condition AS f
                      WHERE f.id = coalesce(NEW.body ->> '$.changes.condition_id[1]', c.condition_id)
                        AND f.profile = c.profile AND f.version = c.rules_version
                        AND f.kind = c.kind AND f.class_code = c.class_code)
              OR instr(n, ';department;')
                 AND NOT EXISTS (
                     SELECT 1 FROM department AS d
                      WHERE d.id
                            = coalesce(NEW.body ->> '$.changes.department_id[1]', c.department_id))
              OR instr(n, ';unit;')
                 AND NOT EXISTS (
                     SELECT 1 FROM department AS d
                      WHERE d.kind IN ('district_center', 'town_center')
                        AND d.id = coalesce(
                            NEW.body ->> '$.changes.dispatch_unit_id[1]', c.dispatch_unit_id))
              OR instr(n, ';collector;')
                 AND NOT EXISTS (
                     SELECT 1 FROM person_post AS h
                      WHERE h.post IN ('Collector', 'Inspector')
                        AND h.person_id
                            = coalesce(NEW.body ->> '$.changes.collector_id[1]', c.collector_id))
              OR instr(n, ';person;')
                 AND NOT EXISTS (
                     SELECT 1 FROM person_post AS h
                      WHERE h.post = iif(NEW.operation = 'assign', 'Handler', c.holder_post)
                        AND (NEW.operation <> 'assign' OR h.department_id = c.department_id)
                        AND h.person_id = iif(
                            NEW.operation = 'assign',
                            coalesce(NEW.body ->> '$.changes.handler_id[1]', c.handler_id),
                            coalesce(NEW.body ->> '$.changes.claimed_by[1]', c.claimed_by)))
              OR instr(n, ';master;')
                 AND NOT EXISTS (
                     SELECT 1 FROM cases AS m
                      WHERE m.id = iif(
                            NEW.operation = 'merge',
                            coalesce(NEW.body ->> '$.changes.duplicate_of[1]', c.duplicate_of),
                            coalesce(NEW.body ->> '$.changes.similar_to[1]', c.similar_to))
                        AND m.id <> c.id AND m.duplicate_of IS NULL
                        AND (NEW.operation <> 'merge'
                             OR m.filed_at IS NOT NULL AND NOT m.ended
                                AND m.closing_route NOT IN ('void', 'merged')))
              OR instr(n, ';limit;')
                 AND coalesce(NEW.body ->> '$.changes.handle_limit[1]', c.handle_limit) IS NULL
              OR instr(n, ';until;')
                 AND NOT ifnull(coalesce(NEW.body ->> '$.changes.request_until[1]', c.request_until)
                                BETWEEN NEW.at + 1
                                    AND NEW.at + {{setting suspend_days 365}} * 86400000, 0)
              OR instr(n, ';authorisation;')
                 AND coalesce(NEW.body ->> '$.changes.authorisation_id[1]', c.authorisation_id)
                     IS NULL
              OR instr(n, ';co_departments;')
                 AND json_type(NEW.body, '$.changes.co_tasks') IS NULL
              OR NEW.operation = 'selfHandle'
                 AND (SELECT count(DISTINCT p.value ->> '$.usage')
                        FROM json_each(NEW.body, '$.photos') AS p
                       WHERE p.value ->> '$.usage' IN ('report', 'after')) < 2
            THEN 'need'
            ELSE ''
            END AS objection
          FROM (SELECT t.ord, ';' || t.guards || ';' AS g, ';' || t.needs || ';' AS n,
                       t.photo_usage AS usage, c.*
                  FROM cases AS c
                  JOIN transition AS t ON t.profile = c.profile AND t.version = c.rules_version
                  JOIN transition_post AS p
                    ON p.profile = t.profile AND p.version = t.version AND p.ord = t.ord
                 WHERE c.id = NEW.case_id AND t.from_state = NEW.from_state
                   AND t.operation = NEW.operation AND t.outcome = NEW.outcome
                   AND t.to_state = NEW.to_state AND p.post = NEW.post) AS c
         ORDER BY objection <> '', c.ord LIMIT 1
      ), 'table') AS objection);
    SELECT RAISE(ABORT, 'This step changes what is not its own to change.')
     WHERE EXISTS (SELECT 1 FROM json_each(NEW.body, '$.changes') AS x
                    WHERE {{it is not the step's own}})
        OR EXISTS (SELECT 1 FROM cases AS c
                     JOIN json_each(NEW.body, '$.clocks') AS k
                    WHERE c.id = NEW.case_id
                      AND NOT (k.value ->> '$.kind' = 'co_handle'
                               AND json_type(NEW.body, '$.changes.co_tasks') IS NOT NULL)
                      AND NOT (NEW.to_state IN ('Rejected', 'Closed', 'ForceClosed', 'Archived')
                               AND k.value ->> '$.stopped' IS NEW.at)
                      AND NOT EXISTS (
                          SELECT 1 FROM transition AS t
                           WHERE t.profile = c.profile AND t.version = c.rules_version
                             AND t.from_state = NEW.from_state AND t.operation = NEW.operation
                             AND t.outcome = NEW.outcome AND t.to_state = NEW.to_state
                             AND (instr(t.clock_effects || ' ', ':open ')
                                  OR instr(t.clock_effects || ' ',
                                           ':' || (k.value ->> '$.kind') || ' '))));
    -- A department's task is answered by that department, or released with all that are open.
    SELECT RAISE(ABORT, 'A co-handling task changes only as the step in progress says.')
     WHERE json_type(NEW.body, '$.changes.co_tasks') IS NOT NULL
       AND EXISTS (
           SELECT 1 FROM co_task AS k
            WHERE k.case_id = NEW.case_id
              AND NOT (k.replied_at IS NULL
                       AND (NEW.operation IN ('releaseCo', 'returnAudit')
                            OR NEW.to_state IN ('Rejected', 'Closed', 'ForceClosed', 'Archived')))
              AND NOT EXISTS (
                  SELECT 1 FROM json_each(NEW.body, '$.changes.co_tasks[1]') AS j
                   WHERE j.value ->> '$[0]' = k.round AND j.value ->> '$[1]' = k.department_id
                     AND j.value ->> '$[2]' = k.asked_at
                     AND (j.value ->> '$[3]' IS k.replied_at
                          OR k.replied_at IS NULL AND NEW.operation = 'coReply'
                             AND j.value ->> '$[3]' = NEW.at
                             AND EXISTS (SELECT 1 FROM person_post AS h
                                          WHERE h.person_id = NEW.person_id AND h.post = NEW.post
                                            AND h.department_id = k.department_id))));
END;

CREATE TRIGGER guard_case_event_moves_case AFTER INSERT ON case_event
BEGIN
    UPDATE cases SET version = NEW.seq, state = NEW.to_state, head_hash = NEW.hash
     WHERE id = NEW.case_id;
END;

CREATE TRIGGER guard_case_event_update BEFORE UPDATE ON case_event
BEGIN
    SELECT RAISE(ABORT, 'A step that was recorded cannot be changed.');
END;

CREATE TRIGGER guard_case_event_delete BEFORE DELETE ON case_event
BEGIN
    SELECT RAISE(ABORT, 'A step that was recorded cannot be deleted.');
END;

CREATE TRIGGER guard_cases_insert BEFORE INSERT ON cases
BEGIN
    SELECT RAISE(ABORT, 'A case enters the record empty, and its first step fills it.')
     WHERE NEW.version <> 0 OR NEW.projected_version <> 0 OR NEW.state <> ''
        OR NEW.head_hash IS NOT zeroblob(32);
    SELECT RAISE(ABORT, 'A case changes only through a step of the transition table.')
     WHERE EXISTS (SELECT 1 FROM cases WHERE id = NEW.id OR number = NEW.number);
END;

-- First half of a step: the event's own trigger moves the case. At that moment, and at no other,
-- an event with the next number exists.
CREATE TRIGGER guard_cases_step BEFORE UPDATE ON cases WHEN NEW.version IS NOT OLD.version
BEGIN
    SELECT RAISE(ABORT, 'A case changes only through a step of the transition table.')
     WHERE NEW.id <> OLD.id OR NEW.projected_version IS NOT OLD.projected_version
        OR NEW.version IS NOT OLD.version + 1
        OR NOT EXISTS (
           SELECT 1 FROM case_event
            WHERE case_id = OLD.id AND seq = NEW.version AND to_state = NEW.state
              AND prev_hash = OLD.head_hash AND hash = NEW.head_hash);
END;

-- Second half: the other columns follow the event, once.
CREATE TRIGGER guard_cases_projection BEFORE UPDATE ON cases WHEN NEW.version IS OLD.version
BEGIN
    SELECT RAISE(ABORT, 'A case changes only through a step of the transition table.')
     WHERE NEW.projected_version IS NOT OLD.projected_version + 1
        OR NEW.projected_version IS NOT NEW.version
        OR NEW.id <> OLD.id OR NEW.number IS NOT OLD.number OR NEW.state IS NOT OLD.state
        OR NEW.head_hash IS NOT OLD.head_hash OR NEW.profile IS NOT OLD.profile
        OR NEW.rules_version IS NOT OLD.rules_version
        OR NEW.reporter_id IS NOT OLD.reporter_id OR NEW.reported_at IS NOT OLD.reported_at;
    SELECT RAISE(ABORT, 'The columns of a case are what its steps say.')
      FROM case_event AS e
     WHERE e.case_id = NEW.id AND e.seq = NEW.version
       AND ({{the step says otherwise}}
            OR (SELECT count(*) FROM co_task WHERE case_id = NEW.id)
               <> json_array_length(NEW.co_tasks)
            OR (SELECT count(*) FROM attachment WHERE case_id = NEW.id AND event_seq = NEW.version)
               <> json_array_length(e.body, '$.photos')
            OR EXISTS (SELECT 1 FROM json_each(e.body, '$.clocks') AS j
                        WHERE NOT EXISTS (
                              SELECT 1 FROM clock AS k
                               WHERE k.case_id = NEW.id AND k.kind = j.value ->> '$.kind'
                                 AND k.round = j.value ->> '$.round'
                                 AND k.due_at = j.value ->> '$.due'
                                 AND k.stopped_at IS j.value ->> '$.stopped'
                                 AND k.pauses = j.value -> '$.pauses'))
            OR NEW.version > 1 AND (
               {{a count jumps}}));
    SELECT RAISE(ABORT, 'The deadline of a case is that of one of its clocks.')
     WHERE NEW.due_at IS NULL AND NOT NEW.ended
        OR NEW.due_at IS NOT NULL AND NOT EXISTS (
           SELECT 1 FROM clock
            WHERE case_id = NEW.id AND due_at = NEW.due_at AND warn_at = NEW.warn_at
              AND stopped_at IS NULL)
        OR NEW.paused IS NOT iif(NEW.due_at IS NULL, NULL, NEW.state IN ('Verifying', 'Suspended'));
    SELECT RAISE(ABORT, 'A case has ended when its state says so.')
     WHERE NEW.ended IS NOT (NEW.state IN ('Rejected', 'Closed', 'ForceClosed', 'Archived'));
END;

CREATE TRIGGER guard_cases_delete BEFORE DELETE ON cases
BEGIN
    SELECT RAISE(ABORT, 'A case cannot be deleted.');
END;

CREATE TRIGGER guard_clock_insert BEFORE INSERT ON clock
BEGIN
    SELECT RAISE(ABORT, 'A clock changes only as the step in progress says.')
     WHERE EXISTS (SELECT 1 FROM clock
                    WHERE case_id = NEW.case_id AND kind = NEW.kind AND round = NEW.round)
        OR NOT EXISTS (
           SELECT 1 FROM cases AS c
             JOIN case_event AS e ON e.case_id = c.id AND e.seq = c.version
             JOIN json_each(e.body, '$.clocks') AS k
            WHERE c.id = NEW.case_id AND c.projected_version = c.version - 1
              AND k.value ->> '$.kind' = NEW.kind AND k.value ->> '$.round' = NEW.round
              AND k.value ->> '$.limit[0]' = NEW.limit_amount
              AND k.value ->> '$.limit[1]' = NEW.limit_unit
              AND k.value ->> '$.rule' = NEW.rule
              AND k.value ->> '$.calendar' = NEW.calendar_version
              AND k.value ->> '$.started' = NEW.started_at AND k.value ->> '$.due' = NEW.due_at
              AND k.value ->> '$.warn' = NEW.warn_at AND k.value -> '$.pauses' = NEW.pauses
              AND k.value ->> '$.stopped' IS NEW.stopped_at
              AND k.value ->> '$.cancelled' = NEW.cancelled);
END;

CREATE TRIGGER guard_clock_update BEFORE UPDATE ON clock
BEGIN
    SELECT RAISE(ABORT, 'A clock changes only as the step in progress says.')
     WHERE NEW.case_id <> OLD.case_id OR NEW.kind <> OLD.kind OR NEW.round <> OLD.round
        OR NOT EXISTS (
           SELECT 1 FROM cases AS c
             JOIN case_event AS e ON e.case_id = c.id AND e.seq = c.version
             JOIN json_each(e.body, '$.clocks') AS k
            WHERE c.id = NEW.case_id AND c.projected_version = c.version - 1
              AND k.value ->> '$.kind' = NEW.kind AND k.value ->> '$.round' = NEW.round
              AND k.value ->> '$.limit[0]' = NEW.limit_amount
              AND k.value ->> '$.limit[1]' = NEW.limit_unit
              AND k.value ->> '$.rule' = NEW.rule
              AND k.value ->> '$.calendar' = NEW.calendar_version
              AND k.value ->> '$.started' = NEW.started_at AND k.value ->> '$.due' = NEW.due_at
              AND k.value ->> '$.warn' = NEW.warn_at AND k.value -> '$.pauses' = NEW.pauses
              AND k.value ->> '$.stopped' IS NEW.stopped_at
              AND k.value ->> '$.cancelled' = NEW.cancelled);
END;

CREATE TRIGGER guard_clock_delete BEFORE DELETE ON clock
BEGIN
    SELECT RAISE(ABORT, 'A clock cannot be deleted.');
END;

CREATE TRIGGER guard_co_task_insert BEFORE INSERT ON co_task
BEGIN
    SELECT RAISE(ABORT, 'A co-handling task changes only as the step in progress says.')
     WHERE EXISTS (SELECT 1 FROM co_task WHERE case_id = NEW.case_id AND round = NEW.round)
        OR NOT EXISTS (
           SELECT 1 FROM cases AS c
             JOIN case_event AS e ON e.case_id = c.id AND e.seq = c.version
             JOIN json_each(e.body, '$.changes.co_tasks[1]') AS k
            WHERE c.id = NEW.case_id AND c.projected_version = c.version - 1
              AND k.value ->> '$[0]' = NEW.round AND k.value ->> '$[1]' = NEW.department_id
              AND k.value ->> '$[2]' = NEW.asked_at AND k.value ->> '$[3]' IS NEW.replied_at);
END;

CREATE TRIGGER guard_co_task_update BEFORE UPDATE ON co_task
BEGIN
    SELECT RAISE(ABORT, 'A co-handling task changes only as the step in progress says.');
END;

-- A step that changes the tasks writes all of them anew.
CREATE TRIGGER guard_co_task_delete BEFORE DELETE ON co_task
BEGIN
    SELECT RAISE(ABORT, 'A co-handling task changes only as the step in progress says.')
     WHERE NOT EXISTS (
           SELECT 1 FROM cases AS c
             JOIN case_event AS e ON e.case_id = c.id AND e.seq = c.version
            WHERE c.id = OLD.case_id AND c.projected_version = c.version - 1
              AND json_type(e.body, '$.changes.co_tasks') IS NOT NULL);
END;

CREATE TRIGGER guard_attachment_insert BEFORE INSERT ON attachment
BEGIN
    SELECT RAISE(ABORT, 'A photo in the record cannot be changed.')
     WHERE EXISTS (SELECT 1 FROM attachment WHERE id = NEW.id);
    SELECT RAISE(ABORT, 'A photo enters the record only with the step in progress.')
     WHERE NOT EXISTS (
           SELECT 1 FROM cases AS c
             JOIN case_event AS e ON e.case_id = c.id AND e.seq = c.version
             JOIN json_each(e.body, '$.photos') AS p
            WHERE c.id = NEW.case_id AND c.projected_version = c.version - 1
              AND c.version = NEW.event_seq AND p.value ->> '$.sha256' = NEW.sha256
              AND p.value ->> '$.usage' = NEW.usage
              AND p.value ->> '$.media_type' = NEW.media_type
              AND p.value ->> '$.size' = NEW.size
              AND p.value ->> '$.taken_at' IS NEW.taken_at
              AND p.value ->> '$.lon' IS NEW.lon AND p.value ->> '$.lat' IS NEW.lat);
END;

CREATE TRIGGER guard_attachment_update BEFORE UPDATE ON attachment
BEGIN
    SELECT RAISE(ABORT, 'A photo in the record cannot be changed.');
END;

CREATE TRIGGER guard_attachment_delete BEFORE DELETE ON attachment
BEGIN
    SELECT RAISE(ABORT, 'A photo in the record cannot be deleted.');
END;

CREATE TRIGGER guard_change_log_insert BEFORE INSERT ON change_log
BEGIN
    SELECT RAISE(ABORT, 'The change log cannot be changed.')
     WHERE EXISTS (SELECT 1 FROM change_log WHERE seq = NEW.seq);
END;

CREATE TRIGGER guard_change_log_update BEFORE UPDATE ON change_log
BEGIN
    SELECT RAISE(ABORT, 'The change log cannot be changed.');
END;

CREATE TRIGGER guard_change_log_delete BEFORE DELETE ON change_log
BEGIN
    SELECT RAISE(ABORT, 'The change log cannot be changed.');
END;

CREATE TRIGGER guard_transition_insert BEFORE INSERT ON transition
BEGIN
    SELECT RAISE(ABORT, 'The transition table of cases in the record cannot be changed; load a new version.')
     WHERE EXISTS (SELECT 1 FROM cases WHERE profile = NEW.profile AND rules_version = NEW.version);
END;

CREATE TRIGGER guard_transition_update BEFORE UPDATE ON transition
BEGIN
    SELECT RAISE(ABORT, 'The transition table of cases in the record cannot be changed; load a new version.')
     WHERE EXISTS (SELECT 1 FROM cases
                    WHERE profile IN (OLD.profile, NEW.profile)
                      AND rules_version IN (OLD.version, NEW.version));
END;

CREATE TRIGGER guard_transition_delete BEFORE DELETE ON transition
BEGIN
    SELECT RAISE(ABORT, 'The transition table of cases in the record cannot be changed; load a new version.')
     WHERE EXISTS (SELECT 1 FROM cases WHERE profile = OLD.profile AND rules_version = OLD.version);
END;

CREATE TRIGGER guard_transition_post_insert BEFORE INSERT ON transition_post
BEGIN
    SELECT RAISE(ABORT, 'The transition table of cases in the record cannot be changed; load a new version.')
     WHERE EXISTS (SELECT 1 FROM cases WHERE profile = NEW.profile AND rules_version = NEW.version);
END;

CREATE TRIGGER guard_transition_post_update BEFORE UPDATE ON transition_post
BEGIN
    SELECT RAISE(ABORT, 'The transition table of cases in the record cannot be changed; load a new version.')
     WHERE EXISTS (SELECT 1 FROM cases
                    WHERE profile IN (OLD.profile, NEW.profile)
                      AND rules_version IN (OLD.version, NEW.version));
END;

CREATE TRIGGER guard_transition_post_delete BEFORE DELETE ON transition_post
BEGIN
    SELECT RAISE(ABORT, 'The transition table of cases in the record cannot be changed; load a new version.')
     WHERE EXISTS (SELECT 1 FROM cases WHERE profile = OLD.profile AND rules_version = OLD.version);
END;

-- The rules beside the transition table: a version that cases have stays as it is.
CREATE TRIGGER guard_rule_version_insert BEFORE INSERT ON rule_version
BEGIN
    SELECT RAISE(ABORT, 'The rules of cases in the record cannot be changed; load a new version.')
     WHERE EXISTS (SELECT 1 FROM cases WHERE profile = NEW.profile AND rules_version = NEW.version);
END;

CREATE TRIGGER guard_rule_version_update BEFORE UPDATE ON rule_version
BEGIN
    SELECT RAISE(ABORT, 'The rules of cases in the record cannot be changed; load a new version.')
     WHERE EXISTS (SELECT 1 FROM cases
                    WHERE profile IN (OLD.profile, NEW.profile)
                      AND rules_version IN (OLD.version, NEW.version));
END;

CREATE TRIGGER guard_rule_version_delete BEFORE DELETE ON rule_version
BEGIN
    SELECT RAISE(ABORT, 'The rules of cases in the record cannot be changed; load a new version.')
     WHERE EXISTS (SELECT 1 FROM cases WHERE profile = OLD.profile AND rules_version = OLD.version);
END;

CREATE TRIGGER guard_setting_insert BEFORE INSERT ON setting
BEGIN
    SELECT RAISE(ABORT, 'The rules of cases in the record cannot be changed; load a new version.')
     WHERE EXISTS (SELECT 1 FROM cases WHERE profile = NEW.profile AND rules_version = NEW.version);
END;

CREATE TRIGGER guard_setting_update BEFORE UPDATE ON setting
BEGIN
    SELECT RAISE(ABORT, 'The rules of cases in the record cannot be changed; load a new version.')
     WHERE EXISTS (SELECT 1 FROM cases
                    WHERE profile IN (OLD.profile, NEW.profile)
                      AND rules_version IN (OLD.version, NEW.version));
END;

CREATE TRIGGER guard_setting_delete BEFORE DELETE ON setting
BEGIN
    SELECT RAISE(ABORT, 'The rules of cases in the record cannot be changed; load a new version.')
     WHERE EXISTS (SELECT 1 FROM cases WHERE profile = OLD.profile AND rules_version = OLD.version);
END;

CREATE TRIGGER guard_authorisation_insert BEFORE INSERT ON authorisation
BEGIN
    SELECT RAISE(ABORT, 'The rules of cases in the record cannot be changed; load a new version.')
     WHERE EXISTS (SELECT 1 FROM cases WHERE profile = NEW.profile AND rules_version = NEW.version);
END;

CREATE TRIGGER guard_authorisation_update BEFORE UPDATE ON authorisation
BEGIN
    SELECT RAISE(ABORT, 'The rules of cases in the record cannot be changed; load a new version.')
     WHERE EXISTS (SELECT 1 FROM cases
                    WHERE profile IN (OLD.profile, NEW.profile)
                      AND rules_version IN (OLD.version, NEW.version));
END;

CREATE TRIGGER guard_authorisation_delete BEFORE DELETE ON authorisation
BEGIN
    SELECT RAISE(ABORT, 'The rules of cases in the record cannot be changed; load a new version.')
     WHERE EXISTS (SELECT 1 FROM cases WHERE profile = OLD.profile AND rules_version = OLD.version);
END;

CREATE TRIGGER guard_duty_insert BEFORE INSERT ON duty
BEGIN
    SELECT RAISE(ABORT, 'The rules of cases in the record cannot be changed; load a new version.')
     WHERE EXISTS (SELECT 1 FROM cases WHERE profile = NEW.profile AND rules_version = NEW.version);
END;

CREATE TRIGGER guard_duty_update BEFORE UPDATE ON duty
BEGIN
    SELECT RAISE(ABORT, 'The rules of cases in the record cannot be changed; load a new version.')
     WHERE EXISTS (SELECT 1 FROM cases
                    WHERE profile IN (OLD.profile, NEW.profile)
                      AND rules_version IN (OLD.version, NEW.version));
END;

CREATE TRIGGER guard_duty_delete BEFORE DELETE ON duty
BEGIN
    SELECT RAISE(ABORT, 'The rules of cases in the record cannot be changed; load a new version.')
     WHERE EXISTS (SELECT 1 FROM cases WHERE profile = OLD.profile AND rules_version = OLD.version);
END;

CREATE TRIGGER guard_stage_limit_insert BEFORE INSERT ON stage_limit
BEGIN
    SELECT RAISE(ABORT, 'The rules of cases in the record cannot be changed; load a new version.')
     WHERE EXISTS (SELECT 1 FROM cases WHERE profile = NEW.profile AND rules_version = NEW.version);
END;

CREATE TRIGGER guard_stage_limit_update BEFORE UPDATE ON stage_limit
BEGIN
    SELECT RAISE(ABORT, 'The rules of cases in the record cannot be changed; load a new version.')
     WHERE EXISTS (SELECT 1 FROM cases
                    WHERE profile IN (OLD.profile, NEW.profile)
                      AND rules_version IN (OLD.version, NEW.version));
END;

CREATE TRIGGER guard_stage_limit_delete BEFORE DELETE ON stage_limit
BEGIN
    SELECT RAISE(ABORT, 'The rules of cases in the record cannot be changed; load a new version.')
     WHERE EXISTS (SELECT 1 FROM cases WHERE profile = OLD.profile AND rules_version = OLD.version);
END;

CREATE TRIGGER guard_filing_condition_insert BEFORE INSERT ON filing_condition
BEGIN
    SELECT RAISE(ABORT, 'The rules of cases in the record cannot be changed; load a new version.')
     WHERE EXISTS (SELECT 1 FROM cases WHERE profile = NEW.profile AND rules_version = NEW.version);
END;

CREATE TRIGGER guard_filing_condition_update BEFORE UPDATE ON filing_condition
BEGIN
    SELECT RAISE(ABORT, 'The rules of cases in the record cannot be changed; load a new version.')
     WHERE EXISTS (SELECT 1 FROM cases
                    WHERE profile IN (OLD.profile, NEW.profile)
                      AND rules_version IN (OLD.version, NEW.version));
END;

CREATE TRIGGER guard_filing_condition_delete BEFORE DELETE ON filing_condition
BEGIN
    SELECT RAISE(ABORT, 'A standard stays in the record; load a new version beside it.');
END;

CREATE TRIGGER guard_tier_limit_insert BEFORE INSERT ON tier_limit
BEGIN
    SELECT RAISE(ABORT, 'The rules of cases in the record cannot be changed; load a new version.')
     WHERE EXISTS (SELECT 1 FROM cases WHERE profile = NEW.profile AND rules_version = NEW.version);
END;

CREATE TRIGGER guard_tier_limit_update BEFORE UPDATE ON tier_limit
BEGIN
    SELECT RAISE(ABORT, 'The rules of cases in the record cannot be changed; load a new version.')
     WHERE EXISTS (SELECT 1 FROM cases
                    WHERE profile IN (OLD.profile, NEW.profile)
                      AND rules_version IN (OLD.version, NEW.version));
END;

CREATE TRIGGER guard_tier_limit_delete BEFORE DELETE ON tier_limit
BEGIN
    SELECT RAISE(ABORT, 'A standard stays in the record; load a new version beside it.');
END;

CREATE TRIGGER guard_class_entry_update BEFORE UPDATE ON class_entry
WHEN NEW.edition IS NOT OLD.edition OR NEW.kind IS NOT OLD.kind
  OR NEW.big_code IS NOT OLD.big_code OR NEW.big_name IS NOT OLD.big_name
  OR NEW.small_code IS NOT OLD.small_code OR NEW.small_name IS NOT OLD.small_name
BEGIN
    SELECT RAISE(ABORT, 'A class that cases have cannot be changed; take it out of force and load another.')
     WHERE EXISTS (SELECT 1 FROM cases
                    WHERE class_code = OLD.big_code || OLD.small_code
                      AND kind = OLD.kind AND edition = OLD.edition);
END;

CREATE TRIGGER guard_class_entry_delete BEFORE DELETE ON class_entry
BEGIN
    SELECT RAISE(ABORT, 'A standard stays in the record; load a new version beside it.');
END;

-- The working calendar: a version that is or was in force stays as it is, and a newer one follows.
CREATE TRIGGER guard_work_calendar_insert BEFORE INSERT ON work_calendar
BEGIN
    SELECT RAISE(ABORT, 'A working calendar that was published cannot be changed; publish another version.')
     WHERE EXISTS (SELECT 1 FROM work_calendar WHERE version = NEW.version);
END;

CREATE TRIGGER guard_work_calendar_update BEFORE UPDATE ON work_calendar
BEGIN
    SELECT RAISE(ABORT, 'A working calendar that was published cannot be changed; publish another version.')
     WHERE EXISTS (SELECT 1 FROM city WHERE calendar_version >= OLD.version);
END;

CREATE TRIGGER guard_work_calendar_delete BEFORE DELETE ON work_calendar
BEGIN
    SELECT RAISE(ABORT, 'A working calendar that was published cannot be changed; publish another version.')
     WHERE EXISTS (SELECT 1 FROM city WHERE calendar_version >= OLD.version);
END;

-- A city is built row by row; once it has cases its calendar is complete.
CREATE TRIGGER guard_calendar_day_insert BEFORE INSERT ON calendar_day
BEGIN
    SELECT RAISE(ABORT, 'A working calendar that was published cannot be changed; publish another version.')
     WHERE EXISTS (SELECT 1 FROM city WHERE calendar_version >= NEW.version)
       AND EXISTS (SELECT 1 FROM cases);
END;

CREATE TRIGGER guard_calendar_day_update BEFORE UPDATE ON calendar_day
BEGIN
    SELECT RAISE(ABORT, 'A working calendar that was published cannot be changed; publish another version.')
     WHERE EXISTS (SELECT 1 FROM city WHERE calendar_version >= min(OLD.version, NEW.version));
END;

CREATE TRIGGER guard_calendar_day_delete BEFORE DELETE ON calendar_day
BEGIN
    SELECT RAISE(ABORT, 'A working calendar that was published cannot be changed; publish another version.')
     WHERE EXISTS (SELECT 1 FROM city WHERE calendar_version >= OLD.version);
END;

CREATE TRIGGER guard_city_calendar BEFORE UPDATE OF calendar_version ON city
BEGIN
    SELECT RAISE(ABORT, 'The working calendar in force is only followed by a newer version.')
     WHERE NEW.calendar_version < OLD.calendar_version
        OR NOT EXISTS (SELECT 1 FROM work_calendar WHERE version = NEW.calendar_version);
END;

-- Who people are, and what posts may, is told by every step that names them.
CREATE TRIGGER guard_post_insert BEFORE INSERT ON post
BEGIN
    SELECT RAISE(ABORT, 'A post keeps its axis while the record has cases.')
     WHERE EXISTS (SELECT 1 FROM post WHERE code = NEW.code) AND EXISTS (SELECT 1 FROM cases);
END;

CREATE TRIGGER guard_post_update BEFORE UPDATE ON post
WHEN NEW.code IS NOT OLD.code OR NEW.axis IS NOT OLD.axis
BEGIN
    SELECT RAISE(ABORT, 'A post keeps its axis while the record has cases.')
     WHERE EXISTS (SELECT 1 FROM cases);
END;

CREATE TRIGGER guard_post_delete BEFORE DELETE ON post
BEGIN
    SELECT RAISE(ABORT, 'A post keeps its axis while the record has cases.')
     WHERE EXISTS (SELECT 1 FROM cases);
END;

CREATE TRIGGER guard_person_update BEFORE UPDATE ON person WHEN NEW.id IS NOT OLD.id
BEGIN
    SELECT RAISE(ABORT, 'The people and departments of a record stay in it; take their posts away instead.');
END;

CREATE TRIGGER guard_person_delete BEFORE DELETE ON person
BEGIN
    SELECT RAISE(ABORT, 'The people and departments of a record stay in it; take their posts away instead.')
     WHERE EXISTS (SELECT 1 FROM cases);
END;

CREATE TRIGGER guard_department_update BEFORE UPDATE ON department WHEN NEW.id IS NOT OLD.id
BEGIN
    SELECT RAISE(ABORT, 'The people and departments of a record stay in it; take their posts away instead.');
END;

CREATE TRIGGER guard_department_delete BEFORE DELETE ON department
BEGIN
    SELECT RAISE(ABORT, 'The people and departments of a record stay in it; take their posts away instead.')
     WHERE EXISTS (SELECT 1 FROM cases);
END;

-- A number is given out once.
CREATE TRIGGER guard_number_series_update BEFORE UPDATE ON number_series
BEGIN
    SELECT RAISE(ABORT, 'The numbers of a day only go on.')
     WHERE NEW.day IS NOT OLD.day OR NEW.last < OLD.last;
END;

CREATE TRIGGER guard_number_series_delete BEFORE DELETE ON number_series
BEGIN
    SELECT RAISE(ABORT, 'The numbers of a day only go on.');
END;

-- What a case says to who searches follows its steps.
CREATE TRIGGER guard_case_search_insert BEFORE INSERT ON case_search
BEGIN
    SELECT RAISE(ABORT, 'The words by which a case is found change only with a step of it.')
     WHERE EXISTS (SELECT 1 FROM case_search WHERE case_id = NEW.case_id);
END;

CREATE TRIGGER guard_case_search_update BEFORE UPDATE ON case_search
BEGIN
    SELECT RAISE(ABORT, 'The words by which a case is found change only with a step of it.')
     WHERE NEW.case_id IS NOT OLD.case_id
        OR NOT EXISTS (SELECT 1 FROM cases
                        WHERE id = OLD.case_id AND projected_version <> version);
END;

CREATE TRIGGER guard_case_search_delete BEFORE DELETE ON case_search
BEGIN
    SELECT RAISE(ABORT, 'The words by which a case is found change only with a step of it.')
     WHERE EXISTS (SELECT 1 FROM cases WHERE id = OLD.case_id);
END;

CREATE TRIGGER guard_city_rules BEFORE UPDATE OF profile, rules_version ON city
BEGIN
    SELECT RAISE(ABORT, 'A city runs under rules that are loaded.')
     WHERE NOT EXISTS (SELECT 1 FROM transition
                        WHERE profile = NEW.profile AND version = NEW.rules_version);
END;

CREATE TRIGGER guard_city_delete BEFORE DELETE ON city
BEGIN
    SELECT RAISE(ABORT, 'A city runs under rules that are loaded.')
     WHERE EXISTS (SELECT 1 FROM cases);
END;
