// What ical.js and node-ical read: calendars come in, one on each line as base64; what each reads goes out as JSON.
const ICAL = require("ical.js");
const nodeIcal = require("node-ical");

const utc = (date) => date.toISOString().replace(".000Z", "+00:00");

const byIcalJs = (text) => {
  // A calendar as JSON (RFC 7265) is what ical.js makes of any other by itself.
  const component = new ICAL.Component(text.startsWith("[") ? JSON.parse(text) : ICAL.parse(text));
  component.getAllSubcomponents("vtimezone").forEach((zone) => ICAL.TimezoneService.register(zone));
  const moment = (time) => (time.isDate ? time.toString() : utc(time.toJSDate()));
  const value = (part, name) => part.getFirstPropertyValue(name) ?? "";
  const people = (part, name) =>
    part.getAllProperties(name).map((one) => [one.getParameter("cn") ?? "", one.getFirstValue()]);
  const event = (part) => {
    const read = new ICAL.Event(part);
    return {
      uid: read.uid,
      sequence: value(part, "sequence"),
      status: value(part, "status"),
      starts_at: moment(read.startDate),
      ends_at: moment(read.endDate),
      summary: read.summary,
      location: read.location ?? "",
      description: read.description ?? "",
      transparency: value(part, "transp"),
      stamp: moment(part.getFirstPropertyValue("dtstamp")),
      organisers: people(part, "organizer"),
      attendees: people(part, "attendee"),
    };
  };
  return {
    method: value(component, "method"),
    name: value(component, "name"),
    events: component.getAllSubcomponents("vevent").map(event),
  };
};

const byNodeIcal = (text) => {
  const read = nodeIcal.sync.parseICS(text);
  const two = (number) => String(number).padStart(2, "0");
  const day = (date) => `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  const moment = (date) => (date.dateOnly ? day(date) : utc(date));
  const people = (found) => [found ?? []].flat().map((one) => (one.val ? [one.params.CN ?? "", one.val] : ["", one]));
  const event = (part) => ({
    uid: part.uid,
    sequence: Number(part.sequence),
    status: part.status ?? "",
    starts_at: moment(part.start),
    ends_at: moment(part.end),
    summary: part.summary ?? "",
    location: part.location ?? "",
    description: part.description ?? "",
    transparency: part.transparency,
    stamp: utc(part.dtstamp),
    organisers: people(part.organizer),
    attendees: people(part.attendee),
  });
  return {
    method: read.vcalendar.method ?? "",
    name: read.vcalendar.name ?? "",
    events: Object.values(read)
      .filter((part) => part.type === "VEVENT")
      .map(event),
  };
};

require("node:readline")
  .createInterface({ input: process.stdin })
  .on("line", (line) => {
    const text = Buffer.from(line, "base64").toString("utf8");
    const answer = [byIcalJs(text), text.startsWith("[") ? null : byNodeIcal(text)];
    process.stdout.write(JSON.stringify(answer) + "\n");
  });
