namespace RecordHub.Core.Resources;

/// <summary>The levels of QIDO-RS (PS3.18 §10.6).</summary>
public enum InstanceLevel
{
    Study,
    Series,
    Instance,
}
