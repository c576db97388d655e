-- The record's own guards, for PostgreSQL: what no statement may do, whoever sends it.
-- The same rules stand in sqlite.sql. Refusals carry SQLSTATE WM001, which is ours alone.

-- The rows of the transition table that each case lives under, once for every post they name.
-- Words in needs and guards stand between semicolons, so that one can be looked for whole.
CREATE OR REPLACE VIEW guard_step AS
SELECT c.id AS case_id, t.from_state, t.operation, t.outcome, t.to_state, p.post,
       ';' || t.needs || ';' AS needs, ';' || t.guards || ';' AS guards
  FROM cases AS c
  JOIN transition AS t ON t.profile = c.profile AND t.version = c.rules_version
  JOIN transition_post AS p ON p.profile = t.profile AND p.version = t.version AND p.ord = t.ord;

CREATE OR REPLACE FUNCTION guard_refuse(sentence text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING ERRCODE = 'WM001', MESSAGE = sentence;
END $$;

CREATE OR REPLACE FUNCTION guard_refuse_always() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM guard_refuse(TG_ARGV[0]);
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION guard_case_event_insert() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    c cases%ROWTYPE;
    s guard_step%ROWTYPE;
BEGIN
    SELECT * INTO c FROM cases WHERE id = NEW.case_id FOR UPDATE;
    IF NOT FOUND THEN
        PERFORM guard_refuse('A step needs its case; this one names a case that is not in the record.');
    END IF;
    IF c.projected_version <> c.version THEN
        PERFORM guard_refuse('The case is in the middle of another step; finish that first.');
    END IF;
    IF NEW.seq IS DISTINCT FROM c.version + 1 THEN
        PERFORM guard_refuse('The case has moved on; a step must carry the next number of its case.');
    END IF;
    IF NEW.from_state IS DISTINCT FROM c.state THEN
        PERFORM guard_refuse('A step must start from the state that its case is in.');
    END IF;
    IF NEW.prev_hash IS DISTINCT FROM c.head_hash THEN
        PERFORM guard_refuse('A step must be chained to the last step of its case.');
    END IF;
    IF length(NEW.hash) IS DISTINCT FROM 32 THEN
        PERFORM guard_refuse('A step needs its hash of 32 bytes.');
    END IF;
    IF EXISTS (SELECT 1 FROM case_event
                WHERE case_id = NEW.case_id AND seq = NEW.seq - 1 AND at > NEW.at) THEN
        PERFORM guard_refuse('A step cannot lie before the last step of its case; check the machine''s clock.');
    END IF;
    SELECT * INTO s FROM guard_step AS g
     WHERE g.case_id = NEW.case_id AND g.from_state = NEW.from_state
       AND g.operation = NEW.operation AND g.outcome = NEW.outcome
       AND g.to_state = NEW.to_state AND g.post = NEW.post;
    IF NOT FOUND THEN
        PERFORM guard_refuse('The transition table does not allow this step to this post.');
    END IF;
    IF NOT EXISTS (SELECT 1 FROM person_post
                    WHERE person_id = NEW.person_id AND post = NEW.post) THEN
        PERFORM guard_refuse('The person does not hold this post.');
    END IF;
    IF s.needs LIKE '%;opinion;%' AND trim(E'\t\n\r \u3000' FROM NEW.opinion) = '' THEN
        PERFORM guard_refuse('This step needs an opinion; write why.');
    END IF;
    IF s.guards LIKE '%;own_task;%' AND c.collector_id IS DISTINCT FROM NEW.person_id THEN
        PERFORM guard_refuse('This task was given to another person.');
    END IF;
    IF s.guards LIKE '%;own_department;%' AND NOT EXISTS (
        SELECT 1 FROM person_post
         WHERE person_id = NEW.person_id AND post = NEW.post
           AND department_id = c.department_id) THEN
        PERFORM guard_refuse('The case was dispatched to another department.');
    END IF;
    IF s.guards LIKE '%;actor_apart;%' AND EXISTS (
        SELECT 1 FROM case_event AS e JOIN post ON post.code = e.post
         WHERE e.case_id = NEW.case_id AND e.person_id = NEW.person_id
           AND post.axis = 'command') THEN
        PERFORM guard_refuse('Who dispatched or handled a case cannot check or close it.');
    END IF;
    IF strpos(s.guards, ';came_from:') > 0
       AND strpos(s.guards, ';came_from:' || coalesce(c.came_from, '') || ';') = 0
       OR s.guards LIKE '%;not_untrue;%' AND c.verify_result IS NOT DISTINCT FROM 'untrue'
       OR s.guards LIKE '%;check_passed;%' AND c.check_result IS DISTINCT FROM 'done'
          AND c.closing_route <> 'direct' THEN
        PERFORM guard_refuse('A rule of the transition table stands against this step.');
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION guard_case_event_moves_case() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE cases SET version = NEW.seq, state = NEW.to_state, head_hash = NEW.hash
     WHERE id = NEW.case_id;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION guard_cases_insert() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.version <> 0 OR NEW.projected_version <> 0 OR NEW.state <> ''
       OR NEW.head_hash IS DISTINCT FROM decode(repeat('00', 32), 'hex') THEN
        PERFORM guard_refuse('A case enters the record empty, and its first step fills it.');
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION guard_cases_update() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    changes_only_by_steps CONSTANT text :=
        'A case changes only through a step of the transition table.';
BEGIN
    -- First half of a step: the event's own trigger moves the case. At that moment, and at no
    -- other, an event with the next number exists.
    IF NEW.version IS DISTINCT FROM OLD.version THEN
        IF NEW.id <> OLD.id OR NEW.projected_version IS DISTINCT FROM OLD.projected_version
           OR NEW.version IS DISTINCT FROM OLD.version + 1
           OR NOT EXISTS (
              SELECT 1 FROM case_event
               WHERE case_id = OLD.id AND seq = NEW.version AND to_state = NEW.state
                 AND prev_hash = OLD.head_hash AND hash = NEW.head_hash) THEN
            PERFORM guard_refuse(changes_only_by_steps);
        END IF;
        RETURN NEW;
    END IF;
    -- Second half: the other columns follow the event, once.
    IF NEW.projected_version IS DISTINCT FROM OLD.projected_version + 1
       OR NEW.projected_version IS DISTINCT FROM NEW.version
       OR NEW.id <> OLD.id OR NEW.number <> OLD.number OR NEW.state <> OLD.state
       OR NEW.head_hash <> OLD.head_hash OR NEW.profile <> OLD.profile
       OR NEW.rules_version <> OLD.rules_version
       OR NEW.reporter_id <> OLD.reporter_id OR NEW.reported_at <> OLD.reported_at THEN
        PERFORM guard_refuse(changes_only_by_steps);
    END IF;
    IF NEW.due_at IS NULL AND NOT NEW.ended
       OR NEW.due_at IS NOT NULL AND NOT EXISTS (
          SELECT 1 FROM clock
           WHERE case_id = NEW.id AND due_at = NEW.due_at AND warn_at = NEW.warn_at) THEN
        PERFORM guard_refuse('The deadline of a case is that of one of its clocks.');
    END IF;
    IF NEW.ended IS DISTINCT FROM
       (NEW.state IN ('Rejected', 'Closed', 'ForceClosed', 'Archived')) THEN
        PERFORM guard_refuse('A case has ended when its state says so.');
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION guard_clock_write() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND (NEW.case_id, NEW.kind, NEW.round)
                            IS DISTINCT FROM (OLD.case_id, OLD.kind, OLD.round)
       OR NOT EXISTS (
        SELECT 1 FROM cases AS c
          JOIN case_event AS e ON e.case_id = c.id AND e.seq = c.version
          CROSS JOIN LATERAL jsonb_array_elements(e.body::jsonb -> 'clocks') AS k
         WHERE c.id = NEW.case_id AND c.projected_version = c.version - 1
           AND k ->> 'kind' = NEW.kind AND (k ->> 'round')::int = NEW.round
           AND (k -> 'limit' ->> 0)::int = NEW.limit_amount
           AND k -> 'limit' ->> 1 = NEW.limit_unit
           AND k ->> 'rule' = NEW.rule AND (k ->> 'calendar')::int = NEW.calendar_version
           AND (k ->> 'started')::bigint = NEW.started_at AND (k ->> 'due')::bigint = NEW.due_at
           AND (k ->> 'warn')::bigint = NEW.warn_at AND k -> 'pauses' = NEW.pauses::jsonb
           AND (k ->> 'stopped')::bigint IS NOT DISTINCT FROM NEW.stopped_at
           AND (k ->> 'cancelled')::boolean = NEW.cancelled) THEN
        PERFORM guard_refuse('A clock changes only as the step in progress says.');
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION guard_attachment_insert() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM cases AS c
          JOIN case_event AS e ON e.case_id = c.id AND e.seq = c.version
          CROSS JOIN LATERAL jsonb_array_elements(e.body::jsonb -> 'photos') AS p
         WHERE c.id = NEW.case_id AND c.projected_version = c.version - 1
           AND c.version = NEW.event_seq AND p ->> 'sha256' = NEW.sha256) THEN
        PERFORM guard_refuse('A photo enters the record only with the step in progress.');
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION guard_transition_write() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' AND EXISTS (
        SELECT 1 FROM cases WHERE profile = OLD.profile AND rules_version = OLD.version)
       OR TG_OP <> 'DELETE' AND EXISTS (
        SELECT 1 FROM cases WHERE profile = NEW.profile AND rules_version = NEW.version) THEN
        PERFORM guard_refuse('The transition table of cases in the record cannot be changed; load a new version.');
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE TRIGGER guard_case_event_insert BEFORE INSERT ON case_event
    FOR EACH ROW EXECUTE FUNCTION guard_case_event_insert();
CREATE TRIGGER guard_case_event_moves_case AFTER INSERT ON case_event
    FOR EACH ROW EXECUTE FUNCTION guard_case_event_moves_case();
CREATE TRIGGER guard_case_event_update BEFORE UPDATE ON case_event
    FOR EACH ROW EXECUTE FUNCTION guard_refuse_always('A step that was recorded cannot be changed.');
CREATE TRIGGER guard_case_event_delete BEFORE DELETE ON case_event
    FOR EACH ROW EXECUTE FUNCTION guard_refuse_always('A step that was recorded cannot be deleted.');
CREATE TRIGGER guard_case_event_truncate BEFORE TRUNCATE ON case_event
    FOR EACH STATEMENT EXECUTE FUNCTION guard_refuse_always('A step that was recorded cannot be deleted.');

CREATE TRIGGER guard_cases_insert BEFORE INSERT ON cases
    FOR EACH ROW EXECUTE FUNCTION guard_cases_insert();
CREATE TRIGGER guard_cases_update BEFORE UPDATE ON cases
    FOR EACH ROW EXECUTE FUNCTION guard_cases_update();
CREATE TRIGGER guard_cases_delete BEFORE DELETE ON cases
    FOR EACH ROW EXECUTE FUNCTION guard_refuse_always('A case cannot be deleted.');
CREATE TRIGGER guard_cases_truncate BEFORE TRUNCATE ON cases
    FOR EACH STATEMENT EXECUTE FUNCTION guard_refuse_always('A case cannot be deleted.');

CREATE TRIGGER guard_clock_write BEFORE INSERT OR UPDATE ON clock
    FOR EACH ROW EXECUTE FUNCTION guard_clock_write();
CREATE TRIGGER guard_clock_delete BEFORE DELETE ON clock
    FOR EACH ROW EXECUTE FUNCTION guard_refuse_always('A clock cannot be deleted.');
CREATE TRIGGER guard_clock_truncate BEFORE TRUNCATE ON clock
    FOR EACH STATEMENT EXECUTE FUNCTION guard_refuse_always('A clock cannot be deleted.');

CREATE TRIGGER guard_attachment_insert BEFORE INSERT ON attachment
    FOR EACH ROW EXECUTE FUNCTION guard_attachment_insert();
CREATE TRIGGER guard_attachment_update BEFORE UPDATE ON attachment
    FOR EACH ROW EXECUTE FUNCTION guard_refuse_always('A photo in the record cannot be changed.');
CREATE TRIGGER guard_attachment_delete BEFORE DELETE ON attachment
    FOR EACH ROW EXECUTE FUNCTION guard_refuse_always('A photo in the record cannot be deleted.');
CREATE TRIGGER guard_attachment_truncate BEFORE TRUNCATE ON attachment
    FOR EACH STATEMENT EXECUTE FUNCTION guard_refuse_always('A photo in the record cannot be deleted.');

CREATE TRIGGER guard_change_log_change BEFORE UPDATE OR DELETE ON change_log
    FOR EACH ROW EXECUTE FUNCTION guard_refuse_always('The change log cannot be changed.');
CREATE TRIGGER guard_change_log_truncate BEFORE TRUNCATE ON change_log
    FOR EACH STATEMENT EXECUTE FUNCTION guard_refuse_always('The change log cannot be changed.');

CREATE TRIGGER guard_transition_write BEFORE INSERT OR UPDATE OR DELETE ON transition
    FOR EACH ROW EXECUTE FUNCTION guard_transition_write();
CREATE TRIGGER guard_transition_post_write BEFORE INSERT OR UPDATE OR DELETE ON transition_post
    FOR EACH ROW EXECUTE FUNCTION guard_transition_write();
