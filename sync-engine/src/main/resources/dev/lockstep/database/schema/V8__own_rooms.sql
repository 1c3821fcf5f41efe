-- Users' own rooms have names that no group has: what is logged of changed rights goes along.
update lockstep_action set room = '~' || room
where collection = 'lockstep-rights' and room <> '' and char_length(room) < 255;
