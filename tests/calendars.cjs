// What ical.js reads in a calendar: from standard input, as JSON to standard output.
const ICAL = require("ical.js");

const text_of = require("node:fs").readFileSync(0, "utf8");
// A calendar as JSON (RFC 7265) is what ical.js makes of any other by itself.
const component = new ICAL.Component(text_of.startsWith("[") ? JSON.parse(text_of) : ICAL.parse(text_of));
component.getAllSubcomponents("vtimezone").forEach((zone) => ICAL.TimezoneService.register(zone));

const moment = (time) => (time.isDate ? time.toString() : time.toJSDate().toISOString().replace(".000Z", "+00:00"));
const text = (part, name) => part.getFirstPropertyValue(name) ?? "";
const people = (part, name) =>
  part.getAllProperties(name).map((one) => [one.getParameter("cn") ?? "", one.getFirstValue()]);

const event = (part) => {
  const read = new ICAL.Event(part);
  return {
    uid: read.uid,
    sequence: text(part, "sequence"),
    status: text(part, "status"),
    starts_at: moment(read.startDate),
    ends_at: moment(read.endDate),
    summary: read.summary,
    location: read.location ?? "",
    description: read.description ?? "",
    transparency: text(part, "transp"),
    stamp: moment(part.getFirstPropertyValue("dtstamp")),
    organisers: people(part, "organizer"),
    attendees: people(part, "attendee"),
  };
};

process.stdout.write(
  JSON.stringify({
    method: text(component, "method"),
    name: text(component, "name"),
    events: component.getAllSubcomponents("vevent").map(event),
  }),
);
