namespace RecordHub.Server.Dicom;

/// <summary>Counts associations against their limit.</summary>
internal sealed class AssociationSlots(int limit)
{
    private int _taken;

    /// <summary>Associations open now.</summary>
    public int Taken => Volatile.Read(ref _taken);

    /// <summary>Takes a slot; false when all are taken.</summary>
    public bool TryTake()
    {
        if (Interlocked.Increment(ref _taken) <= limit)
        {
            return true;
        }

        Interlocked.Decrement(ref _taken);
        return false;
    }

    public void Return() => Interlocked.Decrement(ref _taken);
}
