-------------------------- MODULE ReplicationModel --------------------------
(* The root of the models of Replication: what a configuration names and cannot write itself.     *)
EXTENDS Replication, Owners

(* In the place of Restart, where a model is about something else.                               *)
Never(r) == FALSE
=============================================================================
