-- What people are told of how much is open, of what is decided, and that this is no referendum.
alter table consultations.consultation
    add column what_can_change    text,
    add column what_cannot_change text,
    add column how_answers_count  text;

create table consultations.assurance (
    consultation_id uuid    not null constraint pk_assurance primary key,
    version         integer not null,
    mid_point       jsonb
);
insert into consultations.assurance (consultation_id, version) select id, 1 from consultations.consultation;

-- The rows of these three are only ever added.
create table consultations.evidence (
    consultation_id uuid         not null constraint fk_evidence_assurance_consultation_id references consultations.assurance (consultation_id) on delete restrict,
    number          integer      not null check (number > 0),
    practice        varchar(40)  not null,
    text            text         not null,
    link            text,
    document_id     uuid,
    added_by        varchar(100) not null,
    added_at        timestamptz  not null,
    constraint pk_evidence primary key (consultation_id, number)
);

create table consultations.judgement (
    consultation_id      uuid         not null constraint fk_judgement_assurance_consultation_id references consultations.assurance (consultation_id) on delete restrict,
    number               integer      not null check (number > 0),
    stage                varchar(20)  not null check (stage in ('Publication', 'Decision')),
    practice             varchar(40)  not null,
    status               varchar(10)  not null check (status in ('Met', 'Partly', 'NotMet')),
    reason               text,
    known                jsonb        not null,
    consultation_version integer      not null,
    judged_by            varchar(100) not null,
    judged_at            timestamptz  not null,
    constraint pk_judgement primary key (consultation_id, number),
    -- Whatever is not met says why.
    check (status = 'Met' or reason is not null)
);

create table consultations.checkpoint (
    consultation_id      uuid         not null constraint fk_checkpoint_assurance_consultation_id references consultations.assurance (consultation_id) on delete restrict,
    number               integer      not null check (number > 0),
    kind                 varchar(20)  not null check (kind in ('Scope', 'Plan', 'Documents', 'MidPoint', 'ClosingDate', 'FinalReport')),
    subject              text         not null,
    sha256               varchar(64)  not null,
    consultation_version integer      not null,
    remark               text,
    signed_by            varchar(100) not null,
    signed_at            timestamptz  not null,
    constraint pk_checkpoint primary key (consultation_id, number)
);
