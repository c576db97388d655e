-- The record's own guards, for SQLite: what no statement may do, whoever sends it.
-- The same rules stand in postgresql.sql. RAISE takes only literal text, hence one line per refusal.

-- The rows of the transition table that each case lives under, once for every post they name.
-- Words in needs and guards stand between semicolons, so that one can be looked for whole.
CREATE VIEW IF NOT EXISTS guard_step AS
SELECT c.id AS case_id, t.from_state, t.operation, t.outcome, t.to_state, p.post,
       ';' || t.needs || ';' AS needs, ';' || t.guards || ';' AS guards
  FROM cases AS c
  JOIN transition AS t ON t.profile = c.profile AND t.version = c.rules_version
  JOIN transition_post AS p ON p.profile = t.profile AND p.version = t.version AND p.ord = t.ord;

CREATE TRIGGER guard_case_event_insert BEFORE INSERT ON case_event
BEGIN
    SELECT RAISE(ABORT, 'A step needs its case; this one names a case that is not in the record.')
     WHERE NOT EXISTS (SELECT 1 FROM cases WHERE id = NEW.case_id);
    -- INSERT OR REPLACE removes the row in its way without asking the DELETE guard.
    SELECT RAISE(ABORT, 'A step that was recorded cannot be changed.')
     WHERE EXISTS (SELECT 1 FROM case_event WHERE id = NEW.id);
    SELECT RAISE(ABORT, 'The case is in the middle of another step; finish that first.')
      FROM cases WHERE id = NEW.case_id AND projected_version <> version;
    SELECT RAISE(ABORT, 'The case has moved on; a step must carry the next number of its case.')
      FROM cases WHERE id = NEW.case_id AND NEW.seq IS NOT version + 1;
    SELECT RAISE(ABORT, 'A step must start from the state that its case is in.')
      FROM cases WHERE id = NEW.case_id AND NEW.from_state IS NOT state;
    SELECT RAISE(ABORT, 'A step must be chained to the last step of its case.')
      FROM cases WHERE id = NEW.case_id AND NEW.prev_hash IS NOT head_hash;
    SELECT RAISE(ABORT, 'A step needs its hash of 32 bytes.')
     WHERE typeof(NEW.hash) <> 'blob' OR length(NEW.hash) <> 32;
    SELECT RAISE(ABORT, 'A step cannot lie before the last step of its case; check the machine''s clock.')
      FROM case_event WHERE case_id = NEW.case_id AND seq = NEW.seq - 1 AND at > NEW.at;
    SELECT RAISE(ABORT, 'The transition table does not allow this step to this post.')
     WHERE NOT EXISTS (SELECT 1 FROM guard_step AS s
                        WHERE s.case_id = NEW.case_id AND s.from_state = NEW.from_state
                          AND s.operation = NEW.operation AND s.outcome = NEW.outcome
                          AND s.to_state = NEW.to_state AND s.post = NEW.post);
    SELECT RAISE(ABORT, 'The person does not hold this post.')
     WHERE NOT EXISTS (SELECT 1 FROM person_post
                        WHERE person_id = NEW.person_id AND post = NEW.post);
    SELECT RAISE(ABORT, 'This step needs an opinion; write why.')
      FROM guard_step AS s
     WHERE s.case_id = NEW.case_id AND s.from_state = NEW.from_state
       AND s.operation = NEW.operation AND s.outcome = NEW.outcome
       AND s.to_state = NEW.to_state AND s.post = NEW.post
       AND instr(s.needs, ';opinion;')
       AND trim(NEW.opinion, char(9, 10, 13, 32, 12288)) = '';
    SELECT RAISE(ABORT, 'This task was given to another person.')
      FROM guard_step AS s JOIN cases AS c ON c.id = s.case_id
     WHERE s.case_id = NEW.case_id AND s.from_state = NEW.from_state
       AND s.operation = NEW.operation AND s.outcome = NEW.outcome
       AND s.to_state = NEW.to_state AND s.post = NEW.post
       AND instr(s.guards, ';own_task;') AND c.collector_id IS NOT NEW.person_id;
    SELECT RAISE(ABORT, 'The case was dispatched to another department.')
      FROM guard_step AS s JOIN cases AS c ON c.id = s.case_id
     WHERE s.case_id = NEW.case_id AND s.from_state = NEW.from_state
       AND s.operation = NEW.operation AND s.outcome = NEW.outcome
       AND s.to_state = NEW.to_state AND s.post = NEW.post
       AND instr(s.guards, ';own_department;')
       AND NOT EXISTS (SELECT 1 FROM person_post AS h
                        WHERE h.person_id = NEW.person_id AND h.post = NEW.post
                          AND h.department_id = c.department_id);
    SELECT RAISE(ABORT, 'Who dispatched or handled a case cannot check or close it.')
      FROM guard_step AS s
     WHERE s.case_id = NEW.case_id AND s.from_state = NEW.from_state
       AND s.operation = NEW.operation AND s.outcome = NEW.outcome
       AND s.to_state = NEW.to_state AND s.post = NEW.post
       AND instr(s.guards, ';actor_apart;')
       AND EXISTS (SELECT 1 FROM case_event AS e JOIN post ON post.code = e.post
                    WHERE e.case_id = NEW.case_id AND e.person_id = NEW.person_id
                      AND post.axis = 'command');
    SELECT RAISE(ABORT, 'A rule of the transition table stands against this step.')
      FROM guard_step AS s JOIN cases AS c ON c.id = s.case_id
     WHERE s.case_id = NEW.case_id AND s.from_state = NEW.from_state
       AND s.operation = NEW.operation AND s.outcome = NEW.outcome
       AND s.to_state = NEW.to_state AND s.post = NEW.post
       AND (instr(s.guards, ';came_from:')
            AND NOT instr(s.guards, ';came_from:' || coalesce(c.came_from, '') || ';')
            OR instr(s.guards, ';not_untrue;') AND c.verify_result IS 'untrue'
            OR instr(s.guards, ';check_passed;') AND c.check_result IS NOT 'done'
               AND c.closing_route <> 'direct');
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
    SELECT RAISE(ABORT, 'The deadline of a case is that of one of its clocks.')
     WHERE NEW.due_at IS NULL AND NOT NEW.ended
        OR NEW.due_at IS NOT NULL AND NOT EXISTS (
           SELECT 1 FROM clock
            WHERE case_id = NEW.id AND due_at = NEW.due_at AND warn_at = NEW.warn_at);
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
              AND c.version = NEW.event_seq AND p.value ->> '$.sha256' = NEW.sha256);
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
