-- The record's own guards, for PostgreSQL: what no statement may do, whoever sends it.
-- The same rules stand in sqlite.sql. Refusals carry SQLSTATE WM001, which is ours alone.

CREATE OR REPLACE FUNCTION guard_refuse(sentence text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING ERRCODE = 'WM001', MESSAGE = sentence;
END $$;

CREATE OR REPLACE FUNCTION guard_refuse_always() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM guard_refuse(TG_ARGV[0]);
    RETURN NULL;
END $$;

-- Who may check a case apart from its reporter, its beat, and who dispatched or handled it.
CREATE OR REPLACE VIEW guard_checker AS
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

-- A setting of the rules that a case lives under, a whole number.
CREATE OR REPLACE FUNCTION guard_setting(c cases, name text, usual int) RETURNS int
    LANGUAGE sql STABLE AS $$
    SELECT coalesce((SELECT value::int FROM setting
                      WHERE profile = c.profile AND version = c.rules_version AND key = name), usual)
$$;

-- Minutes since midnight in China.
CREATE OR REPLACE FUNCTION guard_minute_of_day(at bigint) RETURNS bigint
    LANGUAGE sql IMMUTABLE AS $$ SELECT (at + 28800000) / 60000 % 1440 $$;

-- Whether a word stands in a list like ";own_task;came_from:Reported;", where it is asked for at all.
CREATE OR REPLACE FUNCTION guard_has(list text, word text) RETURNS boolean
    LANGUAGE sql IMMUTABLE AS $$ SELECT strpos(list, ';' || word || ';') > 0 $$;

-- A guard with an argument that stands several times is content if one of them fits.
CREATE OR REPLACE FUNCTION guard_misses(list text, name text, value text) RETURNS boolean
    LANGUAGE sql IMMUTABLE AS $$
    SELECT strpos(list, ';' || name || ':') > 0
       AND strpos(list, ';' || name || ':' || coalesce(value, '') || ';') = 0
$$;

-- What a field of the case is after the step: as the step changed it, else as it was.
CREATE OR REPLACE FUNCTION guard_after(b jsonb, field text, before text) RETURNS text
    LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN b #> ARRAY['changes', field] IS NULL THEN before
           ELSE b #>> ARRAY['changes', field, '1'] END
$$;

-- What stands against a step along one row of the transition table; NULL where nothing does.
CREATE OR REPLACE FUNCTION guard_objection(
    c cases, e case_event, b jsonb, g text, n text, usage text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    co_open boolean := EXISTS (
        SELECT 1 FROM co_task WHERE case_id = c.id AND replied_at IS NULL);
    sent_to bigint := guard_after(b, 'collector_id', c.collector_id::text)::bigint;
    apart bigint;
    lots bigint;
    place bigint;
BEGIN
    IF NOT EXISTS (SELECT 1 FROM person_post
                    WHERE person_id = e.person_id AND post = e.post) THEN
        RETURN 'The person does not hold this post.';
    END IF;
    -- who acts
    IF guard_has(g, 'own_task') AND c.collector_id IS DISTINCT FROM e.person_id
       OR guard_has(g, 'own_work') AND c.handler_id <> e.person_id THEN
        RETURN 'This task was given to another person.';
    END IF;
    IF guard_has(g, 'own_department') AND NOT EXISTS (
        SELECT 1 FROM person_post
         WHERE person_id = e.person_id AND post = e.post AND department_id = c.department_id) THEN
        RETURN 'The case was dispatched to another department.';
    END IF;
    IF guard_has(g, 'own_unit') AND NOT EXISTS (
        SELECT 1 FROM person_post
         WHERE person_id = e.person_id AND post = e.post
           AND department_id = c.dispatch_unit_id) THEN
        RETURN 'The case was given to another center.';
    END IF;
    IF guard_has(g, 'own_district') AND NOT EXISTS (
        SELECT 1 FROM person_post AS h JOIN department AS d ON d.id = h.department_id
         WHERE h.person_id = e.person_id AND h.post = e.post
           AND d.district_code = c.district_code) THEN
        RETURN 'The case lies in another district.';
    END IF;
    IF guard_has(g, 'own_co_task') AND NOT EXISTS (
        SELECT 1 FROM person_post AS h JOIN co_task AS k ON k.department_id = h.department_id
         WHERE h.person_id = e.person_id AND h.post = e.post
           AND k.case_id = c.id AND k.replied_at IS NULL) THEN
        RETURN 'The department has no open co-handling task in this case.';
    END IF;
    IF guard_has(g, 'own_case') AND c.owner_id <> e.person_id THEN
        RETURN 'Who filed a case answers for it to the end.';
    END IF;
    IF guard_has(g, 'unclaimed') AND c.claimed_by <> e.person_id
       OR guard_has(g, 'nobody_has_it') AND c.claimed_by IS NOT NULL
       OR guard_has(g, 'own_claim') AND c.claimed_by IS DISTINCT FROM e.person_id THEN
        RETURN 'The case was claimed by a colleague.';
    END IF;
    IF guard_has(g, 'actor_apart') AND EXISTS (
        SELECT 1 FROM case_event AS o JOIN post ON post.code = o.post
         WHERE o.case_id = c.id AND o.person_id = e.person_id AND post.axis = 'command') THEN
        RETURN 'Who dispatched or handled a case cannot check or close it.';
    END IF;
    IF guard_has(g, 'finder_apart') AND c.reporter_id = e.person_id THEN
        RETURN 'Who dispatched or handled a case cannot check or close it.';
    END IF;
    IF guard_has(g, 'ruler_apart') AND c.request_by IS NOT DISTINCT FROM e.person_id THEN
        RETURN 'Who asked for something cannot rule on it.';
    END IF;
    IF guard_has(g, 'checker_apart') AND EXISTS (
        SELECT 1 FROM case_event AS o JOIN post ON post.code = o.post
         WHERE o.case_id = c.id AND o.person_id = sent_to AND post.axis = 'command') THEN
        RETURN 'The check cannot go to someone who dispatched or handled the case, reported it or walks its beat.';
    END IF;
    IF guard_has(g, 'checker_rule') AND (
        SELECT value FROM setting
         WHERE profile = c.profile AND version = c.rules_version AND key = 'checker_rule')
        IN ('apart', 'drawn') THEN
        SELECT count(*), count(*) FILTER (WHERE person_id < sent_to) INTO lots, place
          FROM guard_checker WHERE case_id = c.id;
        IF lots > 0 AND NOT EXISTS (
            SELECT 1 FROM guard_checker WHERE case_id = c.id AND person_id = sent_to) THEN
            RETURN 'The check cannot go to someone who dispatched or handled the case, reported it or walks its beat.';
        END IF;
        -- The lot falls on the place that the first eight bytes of the last hash give, modulo how
        -- many there are: byte by byte, for eight bytes are more than a number holds.
        IF lots > 0 AND place <> (
            SELECT sum(get_byte(c.head_hash, i) * (256::numeric ^ (7 - i) % lots)) % lots
              FROM generate_series(0, 7) AS i)
           AND (SELECT value FROM setting
                 WHERE profile = c.profile AND version = c.rules_version
                   AND key = 'checker_rule') = 'drawn' THEN
            RETURN 'The check goes to whom the lot fell on.';
        END IF;
    END IF;
    -- how the case stands
    IF guard_misses(g, 'came_from', c.came_from)
       OR guard_misses(g, 'ended_from', c.ended_from)
       OR guard_misses(g, 'level', c.level)
       OR guard_misses(g, 'request', c.request_kind)
       OR guard_misses(g, 'tier', c.request_tier::text)
       OR guard_has(g, 'no_request') AND c.request_kind IS NOT NULL
       OR guard_has(g, 'not_untrue') AND c.verify_result IS NOT DISTINCT FROM 'untrue'
       OR guard_has(g, 'check_passed') AND c.check_result IS DISTINCT FROM 'done'
          AND NOT (c.check_result IS NULL AND c.closing_route = 'direct')
       OR guard_has(g, 'supervised') AND c.supervised IS NULL
       OR guard_has(g, 'not_supervised') AND c.supervised IS NOT NULL
       OR guard_has(g, 'emergency') AND NOT c.emergency
       OR guard_has(g, 'not_emergency') AND c.emergency
       OR guard_has(g, 'responsibility_open') AND NOT c.responsibility_open
       OR guard_has(g, 'responsibility_settled') AND c.responsibility_open
       OR guard_has(g, 'duplicate') AND c.duplicate_of IS NULL
       OR guard_has(g, 'not_duplicate') AND c.duplicate_of IS NOT NULL
       OR guard_has(g, 'linked') AND c.similar_to IS NULL
       OR guard_has(g, 'self_handled') AND NOT c.self_handled
       OR guard_has(g, 'not_self_handled') AND c.self_handled
       OR guard_has(g, 'assigned') AND c.handler_id IS NULL
       OR guard_has(g, 'unassigned') AND c.handler_id IS NOT NULL
       OR guard_has(g, 'needs_visit') AND NOT (c.needs_visit AND c.satisfaction IS NULL)
       OR guard_has(g, 'no_visit') AND c.needs_visit
       OR guard_has(g, 'to_visit') AND NOT c.needs_visit
       OR guard_has(g, 'late') AND c.handle_on_time IS DISTINCT FROM false
       OR guard_has(g, 'no_appeal') AND c.appeal_result IS NOT NULL
       OR guard_has(g, 'co_open') AND NOT co_open
       OR guard_has(g, 'co_done') AND co_open
       OR guard_has(g, 'imported') AND NOT (c.closing_route = '' AND c.external_number <> '')
       OR guard_has(g, 'extensions_left')
          AND c.extension_count >= guard_setting(c, 'extension_max', 2)
       OR guard_has(g, 'suspensions_left')
          AND c.suspend_count >= guard_setting(c, 'suspend_max', 1) THEN
        RETURN 'A rule of the transition table stands against this step.';
    END IF;
    -- time
    apart := abs(guard_minute_of_day(e.at) - guard_minute_of_day(c.reported_at));
    IF guard_has(g, 'rested')
          AND c.closed_at + guard_setting(c, 'archive_days', 30) * 86400000::bigint > e.at
       OR guard_has(g, 'same_time') AND c.kind = 'event'
          AND guard_setting(c, 'same_time_minutes', 0) > 0
          AND least(apart, 1440 - apart) > guard_setting(c, 'same_time_minutes', 0)
       OR guard_has(g, 'over_by_date') AND c.suspended_until > e.at
       OR guard_has(g, 'not_overdue')
          AND (SELECT coalesce(
                      k.stopped_at,
                      CASE WHEN k.pauses::jsonb #>> '{-1,1}' IS NULL
                           THEN (k.pauses::jsonb #>> '{-1,0}')::bigint END,
                      e.at) > k.due_at
                 FROM clock AS k
                WHERE k.case_id = c.id AND k.kind = 'handle'
                ORDER BY k.round DESC LIMIT 1) THEN
        RETURN 'The time for this step is over, or has not come yet.';
    END IF;
    IF guard_has(g, 'authorised') AND NOT EXISTS (
        SELECT 1 FROM authorisation AS a
         WHERE a.profile = c.profile AND a.version = c.rules_version
           AND a.id = guard_after(b, 'authorisation_id', c.authorisation_id)
           AND a.operation = e.operation AND a.kind = c.kind
           AND starts_with(c.class_code, a.class_prefix)
           AND e.at < (extract(epoch FROM a.until::timestamp) - 28800) * 1000
           -- Used since midnight in China.
           AND a.per_day > (
               SELECT count(*) FROM case_event AS o JOIN cases AS u ON u.id = o.case_id
                WHERE o.operation IN ('authClose', 'askDirectClose')
                  AND o.at >= (e.at + 28800000) / 86400000 * 86400000 - 28800000
                  AND coalesce(o.body::jsonb #>> '{changes,authorisation_id,1}',
                               u.authorisation_id) = a.id)) THEN
        RETURN 'This authorisation does not cover the step, has ended, or was used up today.';
    END IF;
    -- what the step brings
    IF guard_has(n, 'opinion') AND trim(E'\t\n\r \u3000' FROM e.opinion) = '' THEN
        RETURN 'This step needs an opinion; write why.';
    END IF;
    IF guard_has(n, 'photo') AND jsonb_array_length(b -> 'photos') = 0 THEN
        RETURN 'This step needs a photo.';
    END IF;
    IF usage <> 'own' AND EXISTS (
        SELECT 1 FROM jsonb_array_elements(b -> 'photos') AS p WHERE p ->> 'usage' <> usage) THEN
        RETURN 'This step takes no such photo.';
    END IF;
    IF guard_has(n, 'condition') AND NOT EXISTS (
        SELECT 1 FROM filing_condition AS f
         WHERE f.id = guard_after(b, 'condition_id', c.condition_id)
           AND f.profile = c.profile AND f.version = c.rules_version
           AND f.kind = c.kind AND f.class_code = c.class_code)
       OR guard_has(n, 'department') AND NOT EXISTS (
        SELECT 1 FROM department AS d
         WHERE d.id = guard_after(b, 'department_id', c.department_id::text)::bigint)
       OR guard_has(n, 'unit') AND NOT EXISTS (
        SELECT 1 FROM department AS d
         WHERE d.kind IN ('district_center', 'town_center')
           AND d.id = guard_after(b, 'dispatch_unit_id', c.dispatch_unit_id::text)::bigint)
       OR guard_has(n, 'collector') AND NOT EXISTS (
        SELECT 1 FROM person_post AS h
         WHERE h.post IN ('Collector', 'Inspector') AND h.person_id = sent_to)
       OR guard_has(n, 'person') AND NOT EXISTS (
        SELECT 1 FROM person_post AS h
         WHERE h.post = CASE e.operation WHEN 'assign' THEN 'Handler' ELSE c.holder_post END
           AND (e.operation <> 'assign' OR h.department_id = c.department_id)
           AND h.person_id = CASE e.operation
               WHEN 'assign' THEN guard_after(b, 'handler_id', c.handler_id::text)
               ELSE guard_after(b, 'claimed_by', c.claimed_by::text) END::bigint)
       OR guard_has(n, 'master') AND NOT EXISTS (
        SELECT 1 FROM cases AS m
         WHERE m.id = CASE e.operation
               WHEN 'merge' THEN guard_after(b, 'duplicate_of', c.duplicate_of::text)
               ELSE guard_after(b, 'similar_to', c.similar_to::text) END::bigint
           AND m.id <> c.id AND m.duplicate_of IS NULL
           AND (e.operation <> 'merge'
                OR m.filed_at IS NOT NULL AND NOT m.ended
                   AND m.closing_route NOT IN ('void', 'merged')))
       OR guard_has(n, 'limit') AND guard_after(b, 'handle_limit', c.handle_limit) IS NULL
       OR guard_has(n, 'until') AND NOT coalesce(
          guard_after(b, 'request_until', c.request_until::text)::bigint BETWEEN e.at + 1
          AND e.at + guard_setting(c, 'suspend_days', 365) * 86400000::bigint, false)
       OR guard_has(n, 'authorisation')
          AND guard_after(b, 'authorisation_id', c.authorisation_id) IS NULL
       OR guard_has(n, 'co_departments') AND b #> '{changes,co_tasks}' IS NULL
       OR e.operation = 'selfHandle' AND (
          SELECT count(DISTINCT p ->> 'usage') FROM jsonb_array_elements(b -> 'photos') AS p
           WHERE p ->> 'usage' IN ('report', 'after')) < 2 THEN
        RETURN 'This step lacks something that the transition table asks for.';
    END IF;
    RETURN NULL;
END $$;

-- A step against the rows of the transition table that its case lives under. Of several rows that
-- differ in their guards alone (acceptor_pool closes in two ways), one that nothing stands against
-- will do.
CREATE OR REPLACE FUNCTION guard_case_event_insert() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    c cases%ROWTYPE;
    t transition%ROWTYPE;
    b jsonb := NEW.body::jsonb;
    first text;
    objection text := 'The transition table does not allow this step to this post.';
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
    FOR t IN SELECT r.* FROM transition AS r
               JOIN transition_post AS p
                 ON p.profile = r.profile AND p.version = r.version AND p.ord = r.ord
              WHERE r.profile = c.profile AND r.version = c.rules_version
                AND r.from_state = NEW.from_state AND r.operation = NEW.operation
                AND r.outcome = NEW.outcome AND r.to_state = NEW.to_state AND p.post = NEW.post
              ORDER BY r.ord LOOP
        objection := guard_objection(
            c, NEW, b, ';' || t.guards || ';', ';' || t.needs || ';', t.photo_usage);
        EXIT WHEN objection IS NULL;
        first := coalesce(first, objection);
    END LOOP;
    IF objection IS NOT NULL THEN
        PERFORM guard_refuse(coalesce(first, objection));
    END IF;
    IF EXISTS (SELECT 1 FROM jsonb_each(b -> 'changes') AS x(key, value)
                WHERE {{it is not the step's own}})
       OR EXISTS (SELECT 1 FROM jsonb_array_elements(b -> 'clocks') AS k
                   WHERE NOT (k ->> 'kind' = 'co_handle' AND b #> '{changes,co_tasks}' IS NOT NULL)
                     AND NOT (NEW.to_state IN ('Rejected', 'Closed', 'ForceClosed', 'Archived')
                              AND k ->> 'stopped' IS NOT DISTINCT FROM NEW.at::text)
                     AND NOT EXISTS (
                         SELECT 1 FROM transition AS r
                          WHERE r.profile = c.profile AND r.version = c.rules_version
                            AND r.from_state = NEW.from_state AND r.operation = NEW.operation
                            AND r.outcome = NEW.outcome AND r.to_state = NEW.to_state
                            AND (strpos(r.clock_effects || ' ', ':open ') > 0
                                 OR strpos(r.clock_effects || ' ',
                                           ':' || (k ->> 'kind') || ' ') > 0))) THEN
        PERFORM guard_refuse('This step changes what is not its own to change.');
    END IF;
    -- A department's task is answered by that department, or released with all that are open.
    IF b #> '{changes,co_tasks}' IS NOT NULL AND EXISTS (
        SELECT 1 FROM co_task AS k
         WHERE k.case_id = NEW.case_id
           AND NOT (k.replied_at IS NULL
                    AND (NEW.operation IN ('releaseCo', 'returnAudit')
                         OR NEW.to_state IN ('Rejected', 'Closed', 'ForceClosed', 'Archived')))
           AND NOT EXISTS (
               SELECT 1 FROM jsonb_array_elements(b #> '{changes,co_tasks,1}') AS j
                WHERE j ->> 0 = k.round::text AND j ->> 1 = k.department_id::text
                  AND j ->> 2 = k.asked_at::text
                  AND (j ->> 3 IS NOT DISTINCT FROM k.replied_at::text
                       OR k.replied_at IS NULL AND NEW.operation = 'coReply'
                          AND j ->> 3 = NEW.at::text
                          AND EXISTS (SELECT 1 FROM person_post AS h
                                       WHERE h.person_id = NEW.person_id AND h.post = NEW.post
                                         AND h.department_id = k.department_id)))) THEN
        PERFORM guard_refuse('A co-handling task changes only as the step in progress says.');
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
    b jsonb;
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
    SELECT body::jsonb INTO b FROM case_event WHERE case_id = NEW.id AND seq = NEW.version;
    IF ({{the step says otherwise}}
            OR (SELECT count(*) FROM co_task WHERE case_id = NEW.id)
               <> jsonb_array_length(NEW.co_tasks::jsonb)
            OR (SELECT count(*) FROM attachment WHERE case_id = NEW.id AND event_seq = NEW.version)
               <> jsonb_array_length(b -> 'photos')
            OR EXISTS (SELECT 1 FROM jsonb_array_elements(b -> 'clocks') AS j
                        WHERE NOT EXISTS (
                              SELECT 1 FROM clock AS k
                               WHERE k.case_id = NEW.id AND k.kind = j ->> 'kind'
                                 AND k.round::text = j ->> 'round'
                                 AND k.due_at::text = j ->> 'due'
                                 AND k.stopped_at::text IS NOT DISTINCT FROM j ->> 'stopped'
                                 AND k.pauses::jsonb = j -> 'pauses'))
            OR NEW.version > 1 AND (
               {{a count jumps}})) THEN
        PERFORM guard_refuse('The columns of a case are what its steps say.');
    END IF;
    IF NEW.due_at IS NULL AND NOT NEW.ended
       OR NEW.due_at IS NOT NULL AND NOT EXISTS (
          SELECT 1 FROM clock
           WHERE case_id = NEW.id AND due_at = NEW.due_at AND warn_at = NEW.warn_at
             AND stopped_at IS NULL)
       OR NEW.paused IS DISTINCT FROM (
          CASE WHEN NEW.due_at IS NOT NULL THEN NEW.state IN ('Verifying', 'Suspended') END) THEN
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

-- A step that changes the tasks writes all of them anew.
CREATE OR REPLACE FUNCTION guard_co_task_write() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    o co_task%ROWTYPE;
    tasks jsonb;
BEGIN
    IF TG_OP = 'DELETE' THEN o := OLD; ELSE o := NEW; END IF;
    SELECT e.body::jsonb #> '{changes,co_tasks,1}' INTO tasks
      FROM cases AS c JOIN case_event AS e ON e.case_id = c.id AND e.seq = c.version
     WHERE c.id = o.case_id AND c.projected_version = c.version - 1;
    IF tasks IS NULL OR TG_OP = 'UPDATE'
       OR TG_OP = 'INSERT' AND NOT EXISTS (
          SELECT 1 FROM jsonb_array_elements(tasks) AS k
           WHERE (k ->> 0)::int = o.round AND (k ->> 1)::bigint = o.department_id
             AND (k ->> 2)::bigint = o.asked_at
             AND (k ->> 3)::bigint IS NOT DISTINCT FROM o.replied_at) THEN
        PERFORM guard_refuse('A co-handling task changes only as the step in progress says.');
    END IF;
    RETURN o;
END $$;

CREATE OR REPLACE FUNCTION guard_attachment_insert() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM cases AS c
          JOIN case_event AS e ON e.case_id = c.id AND e.seq = c.version
          CROSS JOIN LATERAL jsonb_array_elements(e.body::jsonb -> 'photos') AS p
         WHERE c.id = NEW.case_id AND c.projected_version = c.version - 1
           AND c.version = NEW.event_seq AND p ->> 'sha256' = NEW.sha256
           AND p ->> 'usage' = NEW.usage AND p ->> 'media_type' = NEW.media_type
           AND p ->> 'size' = NEW.size::text
           AND p ->> 'taken_at' IS NOT DISTINCT FROM NEW.taken_at::text
           AND (p ->> 'lon')::double precision IS NOT DISTINCT FROM NEW.lon
           AND (p ->> 'lat')::double precision IS NOT DISTINCT FROM NEW.lat) THEN
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

CREATE OR REPLACE FUNCTION guard_rules_write() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' AND EXISTS (
        SELECT 1 FROM cases WHERE profile = OLD.profile AND rules_version = OLD.version)
       OR TG_OP <> 'DELETE' AND EXISTS (
        SELECT 1 FROM cases WHERE profile = NEW.profile AND rules_version = NEW.version) THEN
        PERFORM guard_refuse('The rules of cases in the record cannot be changed; load a new version.');
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE OR REPLACE FUNCTION guard_class_entry_update() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF ROW(NEW.edition, NEW.kind, NEW.big_code, NEW.big_name, NEW.small_code, NEW.small_name)
       IS DISTINCT FROM
       ROW(OLD.edition, OLD.kind, OLD.big_code, OLD.big_name, OLD.small_code, OLD.small_name)
       AND EXISTS (SELECT 1 FROM cases
                    WHERE class_code = OLD.big_code || OLD.small_code
                      AND kind = OLD.kind AND edition = OLD.edition) THEN
        PERFORM guard_refuse('A class that cases have cannot be changed; take it out of force and load another.');
    END IF;
    RETURN NEW;
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

CREATE TRIGGER guard_co_task_write BEFORE INSERT OR UPDATE OR DELETE ON co_task
    FOR EACH ROW EXECUTE FUNCTION guard_co_task_write();
CREATE TRIGGER guard_co_task_truncate BEFORE TRUNCATE ON co_task
    FOR EACH STATEMENT EXECUTE FUNCTION guard_refuse_always('A co-handling task changes only as the step in progress says.');

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

CREATE TRIGGER guard_rule_version_write BEFORE INSERT OR UPDATE OR DELETE ON rule_version
    FOR EACH ROW EXECUTE FUNCTION guard_rules_write();
CREATE TRIGGER guard_setting_write BEFORE INSERT OR UPDATE OR DELETE ON setting
    FOR EACH ROW EXECUTE FUNCTION guard_rules_write();
CREATE TRIGGER guard_authorisation_write BEFORE INSERT OR UPDATE OR DELETE ON authorisation
    FOR EACH ROW EXECUTE FUNCTION guard_rules_write();
CREATE TRIGGER guard_duty_write BEFORE INSERT OR UPDATE OR DELETE ON duty
    FOR EACH ROW EXECUTE FUNCTION guard_rules_write();
CREATE TRIGGER guard_stage_limit_write BEFORE INSERT OR UPDATE OR DELETE ON stage_limit
    FOR EACH ROW EXECUTE FUNCTION guard_rules_write();
CREATE TRIGGER guard_filing_condition_write BEFORE INSERT OR UPDATE ON filing_condition
    FOR EACH ROW EXECUTE FUNCTION guard_rules_write();
CREATE TRIGGER guard_tier_limit_write BEFORE INSERT OR UPDATE ON tier_limit
    FOR EACH ROW EXECUTE FUNCTION guard_rules_write();
CREATE TRIGGER guard_class_entry_update BEFORE UPDATE ON class_entry
    FOR EACH ROW EXECUTE FUNCTION guard_class_entry_update();
CREATE TRIGGER guard_filing_condition_delete BEFORE DELETE ON filing_condition
    FOR EACH ROW EXECUTE FUNCTION guard_refuse_always('A standard stays in the record; load a new version beside it.');
CREATE TRIGGER guard_tier_limit_delete BEFORE DELETE ON tier_limit
    FOR EACH ROW EXECUTE FUNCTION guard_refuse_always('A standard stays in the record; load a new version beside it.');
CREATE TRIGGER guard_class_entry_delete BEFORE DELETE ON class_entry
    FOR EACH ROW EXECUTE FUNCTION guard_refuse_always('A standard stays in the record; load a new version beside it.');

-- The working calendar: a version that is or was in force stays as it is, and a newer one follows.
-- A city is built row by row; once it has cases its calendar is complete.
CREATE OR REPLACE FUNCTION guard_calendar_write() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' AND EXISTS (SELECT 1 FROM city WHERE calendar_version >= OLD.version)
       OR TG_OP = 'UPDATE' AND EXISTS (SELECT 1 FROM city WHERE calendar_version >= NEW.version)
       OR TG_OP = 'INSERT' AND EXISTS (SELECT 1 FROM city WHERE calendar_version >= NEW.version)
          AND EXISTS (SELECT 1 FROM cases) THEN
        PERFORM guard_refuse('A working calendar that was published cannot be changed; publish another version.');
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE OR REPLACE FUNCTION guard_city_calendar() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.calendar_version < OLD.calendar_version
       OR NOT EXISTS (SELECT 1 FROM work_calendar WHERE version = NEW.calendar_version) THEN
        PERFORM guard_refuse('The working calendar in force is only followed by a newer version.');
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER guard_work_calendar_write BEFORE INSERT OR UPDATE OR DELETE ON work_calendar
    FOR EACH ROW EXECUTE FUNCTION guard_calendar_write();
CREATE TRIGGER guard_work_calendar_truncate BEFORE TRUNCATE ON work_calendar
    FOR EACH STATEMENT EXECUTE FUNCTION guard_refuse_always('A working calendar that was published cannot be changed; publish another version.');
CREATE TRIGGER guard_calendar_day_write BEFORE INSERT OR UPDATE OR DELETE ON calendar_day
    FOR EACH ROW EXECUTE FUNCTION guard_calendar_write();
CREATE TRIGGER guard_calendar_day_truncate BEFORE TRUNCATE ON calendar_day
    FOR EACH STATEMENT EXECUTE FUNCTION guard_refuse_always('A working calendar that was published cannot be changed; publish another version.');
CREATE TRIGGER guard_city_calendar BEFORE UPDATE OF calendar_version ON city
    FOR EACH ROW EXECUTE FUNCTION guard_city_calendar();

-- Who people are, and what posts may, is told by every step that names them.
CREATE OR REPLACE FUNCTION guard_post_write() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (TG_OP = 'DELETE' OR NEW.code <> OLD.code OR NEW.axis <> OLD.axis)
       AND EXISTS (SELECT 1 FROM cases) THEN
        PERFORM guard_refuse('A post keeps its axis while the record has cases.');
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE OR REPLACE FUNCTION guard_somebody_write() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.id <> OLD.id
       OR TG_OP = 'DELETE' AND EXISTS (SELECT 1 FROM cases) THEN
        PERFORM guard_refuse('The people and departments of a record stay in it; take their posts away instead.');
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;

-- A number is given out once.
CREATE OR REPLACE FUNCTION guard_number_series_update() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.day <> OLD.day OR NEW.last < OLD.last THEN
        PERFORM guard_refuse('The numbers of a day only go on.');
    END IF;
    RETURN NEW;
END $$;

-- What a case says to who searches follows its steps.
CREATE OR REPLACE FUNCTION guard_case_search_write() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND EXISTS (SELECT 1 FROM cases WHERE id = OLD.case_id)
       OR TG_OP = 'UPDATE' AND (
          NEW.case_id <> OLD.case_id
          OR NOT EXISTS (SELECT 1 FROM cases
                          WHERE id = OLD.case_id AND projected_version <> version)) THEN
        PERFORM guard_refuse('The words by which a case is found change only with a step of it.');
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE OR REPLACE FUNCTION guard_city_rules() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND EXISTS (SELECT 1 FROM cases)
       OR TG_OP = 'UPDATE' AND NOT EXISTS (
          SELECT 1 FROM transition
           WHERE profile = NEW.profile AND version = NEW.rules_version) THEN
        PERFORM guard_refuse('A city runs under rules that are loaded.');
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE TRIGGER guard_post_write BEFORE UPDATE OR DELETE ON post
    FOR EACH ROW EXECUTE FUNCTION guard_post_write();
CREATE TRIGGER guard_person_write BEFORE UPDATE OR DELETE ON person
    FOR EACH ROW EXECUTE FUNCTION guard_somebody_write();
CREATE TRIGGER guard_department_write BEFORE UPDATE OR DELETE ON department
    FOR EACH ROW EXECUTE FUNCTION guard_somebody_write();
CREATE TRIGGER guard_number_series_update BEFORE UPDATE ON number_series
    FOR EACH ROW EXECUTE FUNCTION guard_number_series_update();
CREATE TRIGGER guard_number_series_delete BEFORE DELETE ON number_series
    FOR EACH ROW EXECUTE FUNCTION guard_refuse_always('The numbers of a day only go on.');
CREATE TRIGGER guard_number_series_truncate BEFORE TRUNCATE ON number_series
    FOR EACH STATEMENT EXECUTE FUNCTION guard_refuse_always('The numbers of a day only go on.');
CREATE TRIGGER guard_case_search_write BEFORE UPDATE OR DELETE ON case_search
    FOR EACH ROW EXECUTE FUNCTION guard_case_search_write();
CREATE TRIGGER guard_case_search_truncate BEFORE TRUNCATE ON case_search
    FOR EACH STATEMENT EXECUTE FUNCTION guard_refuse_always('The words by which a case is found change only with a step of it.');
CREATE TRIGGER guard_city_rules BEFORE DELETE OR UPDATE OF profile, rules_version ON city
    FOR EACH ROW EXECUTE FUNCTION guard_city_rules();
