-------------------------- MODULE ReplicationModel --------------------------
(* The root of the models of Replication: what a configuration names and cannot write itself.     *)
EXTENDS Replication, Owners
=============================================================================
