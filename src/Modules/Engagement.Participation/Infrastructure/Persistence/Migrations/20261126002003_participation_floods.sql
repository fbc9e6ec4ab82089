-- Also what was one of very many from one address within an hour. No address is kept.
alter table participation.response drop constraint response_automation_sign_check;
alter table participation.response add constraint response_automation_sign_check check (automation_sign in ('Trap', 'Pace', 'Flood'));
