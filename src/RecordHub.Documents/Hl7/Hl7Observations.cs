using RecordHub.Documents.Reading;
using RecordHub.Documents.Text;

namespace RecordHub.Documents.Hl7;

/// <summary>The OBX segments of a message, each with the OBR above it and the NTE below it.</summary>
internal sealed class Hl7Observations
{
    private readonly List<DocumentObservation> _items = [];

    public Hl7Observations(Er7Message message, AttachmentList attachments, ReadContext context)
    {
        Er7Segment? order = null;
        bool underObservation = false;
        foreach (Er7Segment segment in message.Segments)
        {
            switch (segment.Name)
            {
                case "OBR":
                    order = segment;
                    underObservation = false;
                    break;
                case "OBX" when _items.Count >= context.Limits.MaxEntriesPerList:
                    context.Warn("observation-limit", "observations beyond the limit were left out");
                    underObservation = false;
                    break;
                case "OBX":
                    _items.Add(Observation(segment, order, attachments, context));
                    underObservation = true;
                    break;
                case "NTE" when underObservation && _items.Count > 0:
                    DocumentObservation last = _items[^1];
                    string note = string.Join('\n', segment.Repetitions(3).Select(r => r.AllText()));
                    _items[^1] = last with { Note = last.Note is null ? note : $"{last.Note}\n{note}" };
                    break;
                case "NTE":
                    break;
                default:
                    underObservation = false;
                    break;
            }
        }
    }

    public IReadOnlyList<DocumentObservation> Items => _items;

    private static DocumentObservation Observation(
        Er7Segment obx, Er7Segment? order, AttachmentList attachments, ReadContext context)
    {
        string? type = obx.Text(2)?.ToUpperInvariant();
        List<string> values = [];
        DocumentCode? coded = null;
        foreach (Er7Field value in obx.Repetitions(5))
        {
            if (Hl7Attachments.TryTake(obx, value, type, attachments, context))
            {
                continue;
            }

            if (type is "CE" or "CWE" or "CNE" or "CF")
            {
                coded ??= Er7Types.CodeOrNull(value);
            }

            values.Add(Er7Types.Value(value, type));
        }

        DocumentCode unit = Er7Types.Code(obx.First(6));
        return new DocumentObservation
        {
            Order = order is null ? null : Er7Types.CodeOrNull(order.First(4)),
            Code = Er7Types.Code(obx.First(3)),
            ValueType = type,
            Value = values.Any(v => v.Length > 0) ? string.Join('\n', values) : null,
            ValueCode = coded,
            Unit = unit.Code ?? unit.Display,
            ReferenceRange = obx.Repetitions(7) is [Er7Field range, ..] && range.AllText() is { Length: > 0 } text ? text : null,
            Flag = obx.Text(8),
            Time = StandardTime.Parse(obx.Text(14)) ?? StandardTime.Parse(order?.Text(7)),
            Status = obx.Text(11),
            SubId = obx.Text(4),
        };
    }
}
