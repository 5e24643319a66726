namespace RecordHub.Documents.Tests;

/// <summary>Damage of the kinds that transfers and attackers do: changed, cut, doubled and inserted bytes.</summary>
internal static class Mutation
{
    public static byte[] Of(byte[] content, Random random)
    {
        List<byte> changed = [.. content];
        int changes = random.Next(1, 6);
        for (int i = 0; i < changes && changed.Count > 0; i++)
        {
            int at = random.Next(changed.Count);
            switch (random.Next(5))
            {
                case 0:
                    changed[at] = (byte)random.Next(256);
                    break;
                case 1:
                    changed.RemoveRange(at, Math.Min(random.Next(64), changed.Count - at));
                    break;
                case 2:
                    changed.InsertRange(at, changed.GetRange(at, Math.Min(random.Next(64), changed.Count - at)));
                    break;
                case 3:
                    changed.Insert(at, (byte)"{}\\|^&<>()[]/%0"[random.Next(15)]);
                    break;
                default:
                    changed.RemoveRange(at, random.Next(8) == 0 ? changed.Count - at : 0);
                    break;
            }
        }

        return [.. changed];
    }
}
