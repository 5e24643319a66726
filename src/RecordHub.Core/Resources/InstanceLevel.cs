namespace RecordHub.Core.Resources;

/// <summary>The levels of QIDO-RS (PS3.18 §10.6), and the patient's, which C-FIND has besides (PS3.4 §C.6.1).</summary>
public enum InstanceLevel
{
    Patient,
    Study,
    Series,
    Instance,
}
